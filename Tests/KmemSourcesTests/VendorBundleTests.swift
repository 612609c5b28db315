import Foundation
import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemSources

@Suite struct VendorBundleTests {
  private static let heading = "#==[ Configuration File ]===========================#\n"
  private static let command = "#==[ Command ]======================================#\n"

  /// What SUSE's supportconfig writes, as far as it tells of memory.
  private static let supportconfig = [
    "memory.txt": """
    =============================================================================
                         Support Utilities - Supportconfig
    \(command)# /usr/bin/free -k
                  total        used        free
    Mem:          16384        8192        8192

    \(heading)# /proc/meminfo
    \(SampleTree.meminfo)
    \(heading)# /proc/slabinfo
    \(SampleTree.slabinfo)
    """,
    "basic-environment.txt": """
    \(command)# /bin/date
    Tue Mar  5 10:11:12 CET 2024

    \(command)# /bin/uname -a
    Linux sles1 5.14.21-150500.55-default #1 SMP x86_64 GNU/Linux

    """,
    "boot.txt": "\(command)# /bin/dmesg\n[    0.000000] Linux version 5.14.21\n",
    "modules.txt": "\(command)# /sbin/lsmod\nModule Size Used by\n",
    "crash.txt": "\(command)# /bin/ls /var/crash\n",
  ]

  private static let bugreport = """
    ========================================================
    == dumpstate: 2024-03-05 10:11:12
    ========================================================
    Build: AP1A
    Kernel: Linux version 5.10.157-android13 (build@host) #1 SMP PREEMPT

    ------ MEMORY INFO (/proc/meminfo: 2024-03-05 10:11:10) ------
    \(SampleTree.meminfo)
    ------ SLAB INFO (/proc/slabinfo: 2024-03-05 10:11:10) ------
    \(SampleTree.slabinfo)
    """

  /// The text as it's read when it's named by itself.
  private func alone(_ name: String, _ text: String) throws -> Capture {
    let directory = try TemporaryDirectory()
    return try ArchiveTree(try directory.write(name, text)).capture()
  }

  /// The capture of a folder with those files, and of the same folder packed.
  private func captures(_ files: [String: String], pack: String = "tar -cJf ../b.txz .") throws
    -> [Capture]
  {
    let directory = try TemporaryDirectory()
    for (name, text) in files { try directory.write("case/\(name)", text) }
    try #require(try directory.run("cd case && \(pack)") == 0)
    let archive = try #require(
      try FileManager.default.contentsOfDirectory(atPath: directory.path).first { $0 != "case" })
    return [
      try DirectoryTree("\(directory.path)/case").capture(),
      try ArchiveTree("\(directory.path)/\(archive)").capture(),
    ]
  }

  @Test func `a supportconfig is read from its texts, and tells the machine`() throws {
    let memory = try #require(Self.supportconfig["memory.txt"])
    let alone = try alone("memory.txt", memory)
    for capture in try captures(
      Dictionary(uniqueKeysWithValues: Self.supportconfig.map { ("scc_sles1_240305/\($0)", $1) }))
    {
      for (path, reading) in alone.sources { #expect(capture[path].bytes == reading.bytes) }
      #expect(capture.line(of: .hostname) == "sles1")
      #expect(capture.release == "5.14.21-150500.55-default")
      #expect(capture[KernelFile.kernelLog.path].outcome == .read)
      #expect(
        capture.remarks.first
          == "it is a supportconfig, read from memory.txt, basic-environment.txt and boot.txt")
    }
  }

  @Test func `files named memory and boot are no supportconfig without its headings`() throws {
    let files = [
      "memory.txt": "free is 12\n", "boot.txt": "x\n", "meminfo.txt": SampleTree.meminfo,
    ]
    for capture in try captures(files) {
      #expect(Set(capture.sources.keys) == ["proc/meminfo"])
      #expect(capture.remarks == [])
    }
  }

  @Test(arguments: ["bugreport-AP1A-2024-03-05.txt", "dumpState_SM_202403051011.log"])
  func `an Android bug report is found by its text, in a folder and packed`(name: String) throws {
    let alone = try alone(name, Self.bugreport)
    let files = [
      name: Self.bugreport, "main_entry.txt": name, "FS/proc/1/mountinfo": "1 1 0:1 / / rw\n",
      "version.txt": "2.0\n",
    ]
    let zip = "python3 -c 'import shutil; shutil.make_archive(\"../b\", \"zip\", \".\")'"
    for capture in try captures(files, pack: zip) {
      for (path, reading) in alone.sources { #expect(capture[path].bytes == reading.bytes) }
      #expect(capture.release == "5.10.157-android13")
      #expect(capture.remarks.first == "it is an Android bug report, read from \(name)")
    }
  }

  @Test func `two bug reports in a folder are an error that names both`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("bugreport-1.txt", Self.bugreport)
    try directory.write("bugreport-2.txt", Self.bugreport)
    let error = try #require(throws: SourceError.self) {
      try DirectoryTree(directory.path).capture()
    }
    #expect(error.message.contains("bugreport-1.txt and bugreport-2.txt"))
  }

  @Test func `a file named bugreport without the marks is no bug report`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("bugreport-1.txt", "It crashes.\n")
    #expect(throws: SourceError.self) { try DirectoryTree(directory.path).capture() }
    try directory.write("meminfo", SampleTree.meminfo)
    #expect(try DirectoryTree(directory.path).capture().sources.keys.contains("proc/meminfo"))
  }

  @Test func `damaged texts of bundles never end the program`() throws {
    var generator = SystemRandomNumberGenerator()
    for text in [Self.supportconfig["memory.txt"] ?? "", Self.bugreport] {
      for _ in 0..<200 {
        var bytes = Array(text.utf8)
        let cut = Int.random(in: 0...bytes.count, using: &generator)
        bytes.removeLast(bytes.count - cut)
        if !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(
            in: 0...255, using: &generator)
        }
        let reading = SourceReading(outcome: .read, bytes: bytes)
        for bundle in VendorBundle.allCases {
          let texts = ["memory.txt": reading, "bugreport-1.txt": reading, "boot.txt": reading]
          let contents = bundle.contents(of: texts)
          #expect(contents == nil || bundle.isText(bytes))
        }
      }
    }
  }
}

@Suite struct BundleTreeTests {
  /// The folders in which collectors lay out what is one machine's `/`.
  @Test(arguments: [
    "sosreport-db1-123-2024-03-05-abcdef", "sosreport-host0-2024-03-05-obfuscated/sos_root",
    "sysreport-db1/", "must-gather.local.1/quay-io-1/nodes/worker-0/sysinfo",
  ])
  func `a tree of a vendor's is found in its folders`(folder: String) throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: folder)
    try directory.write("\(folder)/sos_commands/memory/free", "total used free\n")
    try directory.write("version.txt", "4.15\n")
    #expect(try DirectoryTree(directory.path).capture().sources.count == 4)
  }

  @Test func `a must-gather's only node is read from its archive, with the log beside it`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: "tree")
    try directory.write("mg/q/nodes/w0/dmesg", "[    0.000000] Linux version 5.14\n")
    try directory.write("mg/version", "4.15\n")
    try #require(try directory.run("tar -czf mg/q/nodes/w0/sysinfo.tgz tree") == 0)
    let capture = try DirectoryTree("\(directory.path)/mg").capture()
    #expect(capture["proc/meminfo"].bytes == Array(SampleTree.meminfo.utf8))
    #expect(capture[KernelFile.kernelLog.path].outcome == .read)
  }

  @Test func `several nodes of a must-gather are an error that names them`() throws {
    let directory = try TemporaryDirectory()
    for node in ["w0", "w1"] {
      try SampleTree.write(to: directory, under: "tree")
      try directory.write("tree/etc/hostname", "\(node).example\n")
      try #require(
        try directory.run(
          "mkdir -p mg/nodes/\(node) && tar -czf mg/nodes/\(node)/sysinfo.tgz tree") == 0)
    }
    try #require(try directory.run("tar -cf mg.tar mg") == 0)
    let folder = try #require(throws: SourceError.self) {
      try DirectoryTree("\(directory.path)/mg").capture()
    }
    #expect(folder.message.contains("nodes/w0/sysinfo.tgz, "))
    #expect(folder.message.contains("nodes/w1/sysinfo.tgz; name one of them"))
    let packed = try #require(throws: SourceError.self) {
      try ArchiveTree("\(directory.path)/mg.tar").capture()
    }
    #expect(packed.kind == .usage)
    #expect(packed.message.contains("sysinfo.tgz/tree (w0.example)"))
    #expect(packed.message.contains("sysinfo.tgz/tree (w1.example)"))
  }

  @Test func `a folder with one packed sosreport and its checksum is that sosreport`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: "sosreport-a")
    try directory.write("case/sosreport-a.tar.xz.sha256", "0\n")
    try #require(try directory.run("tar -cJf case/sosreport-a.tar.xz sosreport-a") == 0)
    let capture = try DirectoryTree("\(directory.path)/case").capture()
    #expect(capture.sources.count == 4)
    #expect(capture.origin.hasSuffix("sosreport-a.tar.xz"))
  }

  @Test func `a log beside a damaged archive is still read`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("dmesg.txt", "[    0.000000] Linux version 5.14\n")
    try directory.write("backup.zip", "no archive")
    let capture = try DirectoryTree(directory.path).capture()
    #expect(Set(capture.sources.keys) == [KernelFile.kernelLog.path])
  }

  @Test func `a crash directory is the log of the kernel that crashed`() throws {
    let directory = try TemporaryDirectory()
    let log = "[    0.000000] Linux version 5.14\n[ 9.0] Kernel panic - not syncing\n"
    try directory.write("127.0.0.1-2024-03-05-10:11:12/vmcore-dmesg.txt", log)
    try directory.write("127.0.0.1-2024-03-05-10:11:12/kexec-dmesg.log", "[    0.000000] kdump\n")
    try directory.write("127.0.0.1-2024-03-05-10:11:12/vmcore", [0x4B, 0x44, 0x55, 0x4D, 0x50])
    try #require(try directory.run("tar -czf crash.tar.gz 127*") == 0)
    for capture in [
      try DirectoryTree("\(directory.path)/127.0.0.1-2024-03-05-10:11:12").capture(),
      try ArchiveTree("\(directory.path)/crash.tar.gz").capture(),
    ] {
      #expect(capture[KernelFile.kernelLog.path].bytes == Array(log.utf8))
      #expect(capture.sources.count == 1)
    }
  }
}
