import KmemSnapshot
import Testing

@testable import KmemSources

/// Which labels a snapshot may have: those by which it is found.
@Suite struct LabelTests {
  private static let accepted = [
    "before", "monday", "a b", "ä", "1", "2h", "2hago", "ago", "Now", "last", "yesterday evening",
    "process", "Kernel", "--", "-x", "a\\b", "🐧", " now", "2h ago ",
  ]

  @Test(arguments: accepted) func `a name is a label, and its capture is found by it`(
    label: String
  ) throws {
    #expect(SnapshotReference.objection(toLabel: label) == nil)
    #expect(try SnapshotReference(label) == .name(label))
  }

  @Test func `a capture is found by an unusual label`() throws {
    let directory = try TemporaryDirectory()
    let store = Store(directories: [directory.path])
    for label in Self.accepted {
      let path = try store.add(sampleCapture(wall: 1_767_225_599, label: label))
      #expect(try store.resolve(label).location == .path(path))
    }
  }

  @Test(arguments: [
    ("now", "the running machine"), ("-", "standard input"), ("@last", "by its number"),
    ("@2", "by its number"), ("@", "number"), ("@home", "number"), ("2h ago", "a time"),
    ("1d 12h ago", "a time"), ("yesterday", "a time"), ("long ago", "a time"), ("a/b", "a path"),
    ("./a", "a path"), ("/", "a path"), ("", "empty"), (" \t", "empty"),
    ("x@1", "a moment of a text"), ("kernel", "kmemcheck top kernel"),
    ("processes", "kmemcheck top processes"),
    ("cgroups", "kmemcheck top cgroups"), (".", "a folder"), ("..", "a folder"),
    (String(repeating: "x", count: 201), "more than 200 bytes"),
  ]) func `what means something else is no label`(label: String, reason: String) throws {
    let objection = try #require(SnapshotReference.objection(toLabel: label))
    #expect(objection.contains(reason), "\(objection)")
  }
}
