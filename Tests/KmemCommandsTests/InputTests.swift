import Foundation
import KmemTestSupport
import Testing

@Suite struct InputTests {
  private let program: Program
  private let fixture = Fixture.path("captures/6.18-guest-after")

  init() throws { program = try Program() }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try #require(FileManager.default.contents(atPath: path)))
  }

  @Test func `a file from standard input`() throws {
    let meminfo = try bytes(fixture + "/proc/meminfo")
    let result = try program.run("show", "-", input: meminfo, user: .whoeverTests)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("standard input"))
    #expect(result.output.contains("slab, unreclaimable"))
  }

  @Test func `nothing from standard input is bad data`() throws {
    #expect(try program.run("show", "-", input: [], user: .whoeverTests).status == 65)
  }

  @Test func `another root instead of the live machine`() throws {
    let result = try program.run("show", "--root", fixture, "--json", user: .whoeverTests)
    #expect(result.status == 0)
    #expect(result.output.contains("\"hostname\" : \"example\""))
  }

  @Test func `a configuration that isn't that of the machine`() throws {
    let text = "CONFIG_DEBUG_KMEMLEAK=y\nCONFIG_DEBUG_FS=y\n"
    let config = try program.home.write("a-config", Array(text.utf8))
    let result = try program.run("status", "--config", config, "--json", user: .whoeverTests)
    #expect(result.status == 0 || result.status == 2)
    #expect(result.output.contains("\"schema\" : \"kmemcheck.status/1\""))
  }

  @Test func `escape sequences in names never reach the output`() throws {
    let slabinfo = """
      slabinfo - version: 2.1
      \u{1B}[2J\u{1B}]0;owned\u{7}x 9000 9000 4096 8 8 : tunables 0 0 0 : slabdata 2000 2000 0

      """
    let file = try program.home.write("slabinfo", Array(slabinfo.utf8))
    for arguments in [["show", file], ["diff", file, file]] {
      let result =
        arguments.count == 2
        ? try program.run(arguments[0], arguments[1], "-v", user: .whoeverTests)
        : try program.run(arguments[0], arguments[1], arguments[2], "-v", user: .whoeverTests)
      #expect(result.status == 0, "\(result.errors)")
      #expect(!result.output.utf8.contains(0x1B))
      #expect(!result.errors.utf8.contains(0x1B))
      #expect(!result.output.utf8.contains(7))
    }
    // A pasted text is freed of them; a file in a tree is read as the kernel printed it.
    let path = try program.home.write("tree/proc/slabinfo", Array(slabinfo.utf8))
    let tree = String(path.dropLast("/proc/slabinfo".count))
    let json = try program.run("show", tree, "--json", user: .whoeverTests)
    #expect(!json.output.utf8.contains(0x1B))
    #expect(json.output.contains("owned"))
  }

  @Test func `escape sequences in a path never reach the messages`() throws {
    let result = try program.run("show", "/nonexistent/\u{1B}[31mx", user: .whoeverTests)
    #expect(result.status == 66)
    #expect(!result.errors.utf8.contains(0x1B))
  }
}
