import Foundation
import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemSources

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/busybox"), "no busybox"))
struct CollectorTests {
  /// What the catalog has that the collector leaves to `-a`: reading it may wait, or it is large.
  private static func isForMore(_ spec: SourceSpec) -> Bool {
    spec.cost == .blocking || spec.pattern.text == KernelConfig.packed.path
  }

  /// The sources of the running machine that are read unasked; the kernel's log is no file.
  private static let unasked = SourceCatalog.live.specs.filter {
    $0.reasonToAsk == nil && $0.pattern.text != KernelFile.chosenKernelLog.path
  }

  private static func paths(_ specs: [SourceSpec]) -> Set<String> { Set(specs.map(\.pattern.text)) }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/shellcheck"), "no shellcheck"))
  func `shellcheck has nothing to say about the collector`() throws {
    let directory = try TemporaryDirectory()
    #expect(try directory.run("/usr/bin/shellcheck -s sh '\(CollectorScript.path)'") == 0)
  }

  @Test func `the collector reads what the catalog says is cheap`() throws {
    let script = try CollectorScript()
    let files = Self.unasked.filter { $0.kind == .file && !Self.isForMore($0) }
    #expect(Set(try script.list("sources")).symmetricDifference(Self.paths(files)) == [])
    let links = Self.unasked.filter { $0.kind == .link }
    #expect(Set(try script.list("links")).symmetricDifference(Self.paths(links)) == [])
    let more = Self.unasked.filter(Self.isForMore)
    #expect(Set(try script.list("more")).symmetricDifference(Self.paths(more)) == [])
  }

  @Test func `the collector passes over what the catalog passes over`() throws {
    let script = try CollectorScript()
    let excluded = try #require(script.value("excluded")).split(separator: " ").map(String.init)
    #expect(Set(excluded) == SourceCatalog.excluded)
    #expect(!script.text.contains("proc/kallsyms"))
    // What must be asked for isn't read at all.
    for spec in SourceCatalog.live.specs where spec.reasonToAsk != nil {
      #expect(!(try script.list("sources") + script.list("more")).contains(spec.pattern.text))
    }
  }

  @Test func `the collector reads of a process what a tree is searched for`() throws {
    let names = SourceCatalog.tree.specs.filter(\.isOfProcesses)
      .compactMap { $0.pattern.text.split(separator: "/").last.map(String.init) }
    let script = try CollectorScript()
    let read = try #require(script.value("of_processes")).split(separator: " ").map(String.init)
    // Mappings one by one are more than all the rest.
    #expect(Set(read) == Set(names).subtracting(["smaps"]))
    let ofThreads = try #require(script.value("of_kernel_threads"))
    #expect(ofThreads.split(separator: " ").allSatisfy { read.contains(String($0)) })
  }

  @Test func `the collector chooses the lines of the log that snap chooses`() throws {
    let script = try CollectorScript()
    for (name, words) in [
      ("log_words", KernelLogFilter.single), ("log_begins", KernelLogFilter.begins),
      ("log_ends", KernelLogFilter.ends),
    ] {
      let value = try #require(script.value(name))
      #expect(
        Set(value.split(separator: "|").map(String.init))
          == Set(words.texts.map { String(decoding: $0, as: UTF8.self) }))
    }
    #expect(script.value("log_limit") == "\(KernelLogFilter.reportLimit)")
  }

  @Test(arguments: CollectorScript.shells)
  func `the collector's sed ends a report where snap does`(shell: [String]) throws {
    let directory = try TemporaryDirectory()
    let rows = (0..<500).map { "row \($0)" }
    let log =
      ["noise", "a slab", "java invoked oom-killer: x"] + rows + ["Killed process 7 (x)", "noise"]
      + ["Mem-Info:", "row", "Out of memory: Killed process 8 (y)", "noise"]
    var filter = KernelLogFilter()
    for line in log { filter.add(record: Array("6,1,0,-;\(line)\n".utf8)) }
    let expected = String(decoding: filter.lines, as: UTF8.self)
      .replacing("[    0.000000] ", with: "")
    try directory.write("log", log.map { "<6>\($0)\n" }.joined())
    try directory.write("script", try CollectorScript().choosing)
    let command = (shell + ["script"]).joined(separator: " ")
    try #require(try directory.run("\(command) <log >chosen") == 0)
    let chosen = try String(contentsOfFile: "\(directory.path)/chosen", encoding: .utf8)
    #expect(chosen == expected)
  }
}

extension CollectorTests {
  /// A machine with a process, a kernel thread, a module, merged caches and a secret.
  private static func writeMachine(to directory: TemporaryDirectory) throws {
    try SampleTree.write(to: directory)
    for (path, text) in [
      ("proc/sys/kernel/hostname", "router\n"), ("proc/sys/kernel/osrelease", "5.10.0\n"),
      ("proc/sys/kernel/random/boot_id", "01234567-89ab-4cde-8f01-23456789abcd\n"),
      ("proc/sys/vm/swappiness", "60\n"), ("proc/sys/vm/drop_caches", "1\n"),
      ("proc/uptime", "4321.50 100.00\n"), ("proc/stat", "cpu  1 2\ncpu0 1 2\nbtime 1700000000\n"),
      ("proc/kallsyms", "ffffffff81000000 T _text\n"), ("proc/1/status", "Name:\tinit\n"),
      ("proc/1/stat", "1 (in) it) S 0 1 1 0 -1 4194560 1 2 3\n"), ("proc/1/cmdline", "/init\0-x\0"),
      ("proc/1/smaps_rollup", "Rss: 4 kB\n"), ("proc/1/smaps", "much\n"),
      ("proc/2/stat", "2 (kthreadd) S 0 0 0 0 -1 2129984 1 2 3\n"),
      ("proc/2/status", "Name:\tkthreadd\n"), ("proc/2/smaps_rollup", "never\n"),
      ("sys/module/loaded/coresize", "4096\n"),
      ("sys/module/loaded/notes/.note.gnu.build-id", "\0\u{1}"),
      ("sys/module/built_in/version", "1\n"), ("sys/kernel/slab/:0000192/object_size", "192\n"),
    ] { try directory.write("root/\(path)", text) }
    try #require(try directory.run("ln -s :0000192 root/sys/kernel/slab/dentry") == 0)
  }

  private static func collect(
    _ shell: [String] = CollectorScript.shells[0], _ arguments: [String] = [],
    programs: [String] = CollectorScript.programs
  ) throws -> (directory: TemporaryDirectory, place: String, said: String) {
    let directory = try TemporaryDirectory()
    try writeMachine(to: directory)
    let result = try CollectorScript.run(
      shell, ["-r", "\(directory.path)/root", "-o", directory.path] + arguments, in: directory,
      programs: programs)
    try #require(result.status == 0, "\(result.said)")
    let line = try #require(result.said.split(separator: "\n").last)
    return (directory, String(line.dropFirst("kmemcheck-collect: ".count)), result.said)
  }

  @Test(arguments: CollectorScript.shells)
  func `a capture holds the files byte for byte, with the links`(shell: [String]) throws {
    let (directory, place, _) = try Self.collect(shell)
    #expect(place.contains("/router-2"))
    #expect(place.hasSuffix("Z-01234567.tar.gz"))
    let capture = try ArchiveTree(place).capture()
    let whole = try DirectoryTree("\(directory.path)/root").capture()
    let left = [
      "proc/1/smaps", "proc/2/smaps_rollup", "proc/sys/vm/drop_caches",
      "sys/module/built_in/version",
    ]
    for (path, reading) in whole.sources where !left.contains(path) {
      #expect(capture[path].bytes == reading.bytes, "\(path)")
      #expect(capture[path].outcome == .read, "\(path)")
    }
    #expect(capture.links == whole.links)
    #expect(capture.remarks.count == 1)
    #expect(capture.remarks.first?.hasPrefix("it was taken without digests") == true)
    for path in left { #expect(capture.sources[path] == nil, "\(path)") }
  }

  @Test(arguments: CollectorScript.shells)
  func `the manifest tells machine, moment, and what is absent`(shell: [String]) throws {
    let (directory, place, _) = try Self.collect(shell)
    defer { withExtendedLifetime(directory) {} }
    let capture = try ArchiveTree(place).capture()
    let manifest = try #require(capture.manifest)
    #expect(manifest.hostname == "router")
    #expect(manifest.kernelRelease == "5.10.0")
    #expect(manifest.start.boot == 4321.5)
    #expect(abs(manifest.start.wall - Date().timeIntervalSince1970) < 300)
    #expect(manifest.processors == 1)
    #expect(manifest.userID == Int(geteuid()))
    #expect(manifest.machineID == nil)
    #expect(manifest.sources["etc/machine-id"]?.outcome == .absent)
    #expect(manifest.sources["var/log/kmemcheck-kernel.log"]?.outcome == .skipped)
    let facts = try #require(capture.sideFile(ProcessFacts.self).value)
    #expect(facts.listed == 2)
  }

  @Test func `only the owner may read a capture, and nothing else is left behind`() throws {
    let (directory, place, _) = try Self.collect()
    let attributes = try FileManager.default.attributesOfItem(atPath: place)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(!names.contains { $0.hasPrefix(".") })
  }

  @Test(arguments: [["tar"], ["gzip"], ["tar", "gzip"], ["dmesg"]])
  func `without a program the capture has another form and is read as well`(
    lacking: [String]
  ) throws {
    let programs = CollectorScript.programs.filter { !lacking.contains($0) }
    let (directory, place, _) = try Self.collect(programs: programs)
    defer { withExtendedLifetime(directory) {} }
    let capture = try KmemSources.capture(at: .path(place))
    #expect(capture["proc/slabinfo"].bytes == Array(SampleTree.slabinfo.utf8))
    #expect(capture.manifest?.hostname == "router")
    #expect(capture.links["sys/kernel/slab/dentry"] == ":0000192")
    #expect(
      place.hasSuffix(
        lacking.contains("tar") ? "-01234567" : lacking == ["gzip"] ? ".tar" : ".tar.gz"))
  }

  @Test func `the store lists captures of every form that the collector makes`() throws {
    let directory = try TemporaryDirectory()
    try Self.writeMachine(to: directory)
    let store = "\(directory.path)/store"
    try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
    for lacking in [["none"], ["gzip"], ["tar"]] {
      let result = try CollectorScript.run(
        CollectorScript.shells[0], ["-r", "\(directory.path)/root", store], in: directory,
        programs: CollectorScript.programs.filter { !lacking.contains($0) })
      #expect(result.status == 0)
    }
    let list = Store(directories: [store]).list()
    #expect(list.count == 3)
    #expect(list.allSatisfy { $0.manifest?.hostname == "router" && $0.size > 500 })
  }

  @Test func `a series has a capture for each moment`() throws {
    let (directory, _, said) = try Self.collect(["/usr/bin/dash"], ["-n", "3", "-i", "1"])
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(names.count { $0.hasSuffix(".tar.gz") } == 3)
    #expect(said.split(separator: "\n").count == 3)
  }

  @Test(.enabled(if: CollectorScript.foreign != nil, "KMEMCHECK_FOREIGN_BUSYBOX is not set"))
  func `another architecture's busybox captures the same`() throws {
    let directory = try TemporaryDirectory()
    try Self.writeMachine(to: directory)
    let bin = try #require(try CollectorScript.foreignFolder(in: directory))
    try #require(
      try directory.run(
        "PATH='\(bin)' '\(bin)/sh' '\(CollectorScript.path)' -r root one.tar.gz") == 0)
    let capture = try ArchiveTree("\(directory.path)/one.tar.gz").capture()
    let native = try Self.collect()
    let own = try ArchiveTree(native.place).capture()
    defer { withExtendedLifetime(native.directory) {} }
    #expect(capture.sources.keys.sorted() == own.sources.keys.sorted())
    #expect(capture["proc/meminfo"].bytes == Array(SampleTree.meminfo.utf8))
    #expect(capture.links == own.links)
    #expect(capture.manifest?.hostname == "router")
  }

  @Test(arguments: [
    (["-n", "0"], 64), (["-n", "x"], 64), (["-i", "-1"], 64), (["-z"], 64), (["a", "b"], 64),
    (["-n", "2", "-o", "-"], 64), (["-r", "/nonexistent"], 66), (["-o", "/nonexistent/x"], 74),
    (["-r", "/usr"], 69), (["-h"], 0),
  ])
  func `arguments that can't be followed end with a status of their own`(
    arguments: [String], status: Int
  ) throws {
    let directory = try TemporaryDirectory()
    for shell in CollectorScript.shells {
      let result = try CollectorScript.run(shell, arguments, in: directory)
      #expect(Int(result.status) == status, "\(shell): \(result.said)")
    }
    #expect(try directory.run("test -z \"$(ls -A | grep -e tar -e kmemcheck-collect)\"") == 0)
  }

  @Test(
    .enabled(if: geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"))
  )
  func `what may not be read is in the manifest with the reason`() throws {
    let directory = try TemporaryDirectory()
    try Self.writeMachine(to: directory)
    try directory.write("root/sys/kernel/slab/second/object_size", "8\n")
    try directory.write("collect", try CollectorScript().text)
    let bin = try CollectorScript.folder(of: CollectorScript.programs, in: directory)
    let drop = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
    try #require(
      try directory.run(
        """
        chmod -R a+rX . && chmod 0 root/proc/slabinfo root/proc/1/smaps_rollup \
          root/sys/kernel/slab/second/object_size && mkdir -m 777 out && \
        \(drop) env PATH='\(bin)' /bin/sh collect -r "$PWD/root" out/x.tar.gz
        """) == 0)
    let capture = try ArchiveTree("\(directory.path)/out/x.tar.gz").capture()
    #expect(capture["proc/slabinfo"].outcome == .denied)
    #expect(capture["proc/slabinfo"].reason == "permission denied")
    #expect(capture["proc/meminfo"].outcome == .read)
    #expect(
      capture["sys/kernel/slab/*/object_size"].reason == "permission denied for 1 of 2 files")
    #expect(capture.sideFile(ProcessFacts.self).value?.notRead == ["denied": [1]])
  }
}
