import Foundation
import KmemSnapshot
import Testing

@testable import KmemSources

@Suite struct StoreTests {
  private static let base = 1_767_225_599.0

  /// A store with captures one hour apart, the newest at `base`, labelled c, b, b and a.
  private func store(in directory: TemporaryDirectory) throws -> Store {
    let store = Store(directories: ["\(directory.path)/own", "\(directory.path)/system"])
    for (hours, label) in [(0.0, "c"), (1.0, "b"), (2.0, "b"), (3.0, "a")] {
      _ = try store.add(sampleCapture(wall: Self.base - hours * 3600, label: label))
    }
    return store
  }

  private func label(_ store: Store, _ text: String, now: Double = base) throws -> String? {
    guard case .path(let path) = try store.resolve(text, now: now).location else { return nil }
    return store.list().first { $0.path == path }?.manifest?.label
  }

  @Test func `captures are listed with the newest first and damaged files last`() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    try directory.write("system/broken.tar.zst", "nonsense")
    try directory.write("system/empty.tar.zst", "")
    let list = store.list()
    #expect(list.compactMap { $0.manifest?.label } == ["c", "b", "b", "a"])
    #expect(list.count == 6)
    #expect(list[0].size > 0)
    for entry in list.suffix(2) {
      guard let reason = entry.damage else {
        Issue.record("\(entry.path) is taken for a capture")
        continue
      }
      #expect(!reason.isEmpty)
    }
  }

  @Test func `captures that were cut or changed are marked, and passed over by number and time`()
    throws
  {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    #expect(store.checked().allSatisfy { $0.damage == nil })
    let paths = store.list().map(\.path)
    try Data(contentsOf: URL(filePath: paths[0])).dropLast(40).write(to: URL(filePath: paths[0]))
    var flipped = try Data(contentsOf: URL(filePath: paths[1]))
    flipped[flipped.count / 2] ^= 8
    try flipped.write(to: URL(filePath: paths[1]))
    let damaged = store.checked().map { $0.damage != nil }
    #expect(damaged == [true, true, false, false])
    let last = try store.resolve("@last")
    #expect(last.location == .path(paths[2]))
    #expect(last.note?.hasSuffix("; 2 newer ones are damaged (kmemcheck list)") == true)
    #expect(try store.resolve("1s ago", now: Self.base + 1).location == .path(paths[2]))
    #expect(throws: SourceError.self) { try store.resolve("@3") }
  }

  @Test func `a capture that was found whole isn't read again until it changes`() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    _ = store.checked()
    let file = "\(store.directories[0])/\(CheckedCaptures.name)"
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 4)
    try FileManager.default.removeItem(atPath: store.list()[0].path)
    _ = store.checked()
    #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 3)
  }

  @Test(arguments: ["\t\n", "\t\t\t\n\n \n", "1 2\twhole\t{", "\u{0}\t\u{0}\t\u{0}"])
  func `a damaged note of what was found whole is passed over`(note: String) throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    try directory.write("own/\(CheckedCaptures.name)", note)
    #expect(store.checked().filter { $0.damage == nil }.count == 4)
  }

  @Test func `the list knows all of a manifest but its sources`() throws {
    let directory = try TemporaryDirectory()
    let store = Store(directories: [directory.path])
    let live = try LiveKernel().capture(CaptureOptions(tool: "1.2", label: "x"))
    _ = try store.add(live)
    var expected = try #require(live.manifest)
    expected.sources = [:]
    #expect(store.list().first?.manifest == expected)
    // From then on it's remembered what lists need of it.
    let again = try #require(store.list().first?.manifest)
    #expect(again.label == "x" && again.start == expected.start && again.end == expected.end)
    #expect(again.hostname == expected.hostname && again.bootID == expected.bootID)
    #expect(again.kernelRelease == expected.kernelRelease && again.tool == "1.2")
    #expect(again.isRedacted == expected.isRedacted && again.machineID == expected.machineID)
  }

  @Test func `a capture that is replaced under its name is read anew`() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    let before = store.list()
    let (first, other) = (before[0].path, before[1].path)
    try FileManager.default.removeItem(atPath: first)
    try FileManager.default.copyItem(atPath: other, toPath: first)
    #expect(store.list().compactMap { $0.manifest?.label }.sorted() == ["a", "b", "b", "b"])
  }

  @Test func `references by place, time and label are found`() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    #expect(try label(store, "@last") == "c")
    #expect(try label(store, "@1") == "c")
    #expect(try label(store, "@4") == "a")
    #expect(try label(store, "30m ago", now: Self.base + 60) == "b")
    #expect(try label(store, "1s ago", now: Self.base + 1) == "c")
    #expect(try label(store, "2 hours 30 minutes ago") == "a")
    #expect(try label(store, "a") == "a")
    #expect(try store.resolve("now").location == .now)
    #expect(try store.resolve("-").location == .standardInput)
    #expect(try store.resolve("/some/path").location == .path("/some/path"))
    #expect(try store.resolve("@last").note?.contains("2025-12-31 23:59:59 UTC, label c") == true)
  }

  @Test(arguments: [
    ("@9", SourceError.Kind.noSuchInput, "4 captures lie in"),
    ("3d ago", .noSuchInput, "the oldest of 2025-12-31 20:59:59 UTC"),
    ("nothing", .noSuchInput, "labels c, b, b, a"),
    ("@x", .usage, "@2 for the second last"), ("soon ago", .usage, "2h ago"),
    ("2 ago", .usage, "2h ago"), ("", .usage, "empty"),
  ])
  func `a reference that names nothing or too much is an error that says what there is`(
    text: String, kind: SourceError.Kind, words: String
  ) throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    let error = try #require(throws: SourceError.self) {
      try store.resolve(text, now: Self.base)
    }
    #expect(error.kind == kind)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test func `a label given twice means the newest and says that there is another`() throws {
    let directory = try TemporaryDirectory()
    let resolution = try store(in: directory).resolve("b", now: Self.base)
    #expect(resolution.note?.contains("; 1 older with that label") == true)
  }

  @Test func `an empty store says where it looked and what to do`() throws {
    let error = try #require(throws: SourceError.self) {
      try Store(directories: ["/nonexistent"]).resolve("@last")
    }
    #expect(
      error.message.contains("no capture lies in /nonexistent; take one with: kmemcheck snap"))
  }

  @Test func `the directories come from the environment`() {
    let home = ["HOME": "/home/a"]
    #expect(
      Store(environment: home, isRoot: false).directories == [
        "/home/a/.local/state/kmemcheck", "/var/lib/kmemcheck",
      ])
    #expect(
      Store(environment: ["HOME": "/home/a", "XDG_STATE_HOME": "/s"], isRoot: true).directories == [
        "/var/lib/kmemcheck", "/s/kmemcheck",
      ])
    #expect(
      Store(environment: ["XDG_STATE_HOME": "relative"], isRoot: false).directories == [
        "/var/lib/kmemcheck"
      ])
  }
}
