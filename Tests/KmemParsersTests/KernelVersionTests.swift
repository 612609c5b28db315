import Testing

@testable import KmemParsers

@Suite struct KernelVersionTests {
  @Test(arguments: [
    ("6.1.0-13-amd64", 6, 1, 0), ("2.6.32.28", 2, 6, 32), ("6.12-rc7", 6, 12, 0),
    ("4.19.0+", 4, 19, 0),
    ("5.15.0-rc1-00005-g4c1b4a4d90b6-dirty", 5, 15, 0), ("3.10.0-1160.15.2.el7.x86_64", 3, 10, 0),
    ("6.18", 6, 18, 0), ("6.18.", 6, 18, 0), ("6.1.x", 6, 1, 0),
  ])
  func `a release is taken apart`(release: String, major: Int, minor: Int, patch: Int) throws {
    let version = try #require(KernelVersion(release: release))
    #expect(version.release == release)
    #expect([version.major, version.minor, version.patch] == [major, minor, patch])
  }

  @Test(arguments: ["", "6", "6.", ".1", "linux", "6-1", "99999999999999999999.1", "٦.١"])
  func `what is no release is refused`(release: String) {
    #expect(KernelVersion(release: release) == nil)
  }

  @Test(arguments: [
    "Linux version 6.1.0-13-amd64 (debian-kernel@lists.debian.org) (gcc-12 …) #1 SMP Debian 6.1.55-1",
    "Linux host 6.1.0-13-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 x86_64 GNU/Linux",
    "6.1.0-13-amd64", "# uname -a\nLinux host 6.1.0-13-amd64 #1 SMP",
  ])
  func `the release is found in each text`(text: String) throws {
    #expect(try KernelVersion(text + "\n").release == "6.1.0-13-amd64")
  }

  @Test func `versions are ordered by their numbers`() throws {
    let releases = ["2.6.9", "2.6.32.28", "4.4.155", "5.15.0", "6.1.0", "6.12.0", "6.12.1"]
    let versions = releases.compactMap(KernelVersion.init(release:))
    #expect(versions.shuffled().sorted().map(\.release) == releases)
  }

  @Test func `a text without a release is refused`() {
    #expect(throws: ParseError.self) { try KernelVersion("Linux version unknown\n") }
    #expect(throws: ParseError.self) { try KernelVersion("Darwin Kernel Version 6.1.0\n") }
  }
}
