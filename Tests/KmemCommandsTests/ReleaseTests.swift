import Foundation
import KmemTestSupport
import Testing

@testable import KmemCommands

/// What each release wrote: a capture and a history, which every later version reads.
///
/// `Tests/Lab/lab release` keeps them before a release, in `Fixtures/releases/VERSION`. Those of a
/// release are never replaced.
@Suite struct ReleaseTests {
  private static let folder = Fixture.path("releases")
  private static let releases =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .sorted()

  @Test func `this version has its capture and its history`() {
    #expect(Self.releases.contains(Version.current))
  }

  @Test(arguments: releases) func `the capture of a release is whole, and says what it said`(
    release: String
  ) throws {
    let capture = "\(Self.folder)/\(release)/capture.tar.zst"
    let shown = try Program().run("show", capture, user: .whoeverTests)
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.output.hasPrefix("lab · Linux 6.12"))
    #expect(shown.output.contains("kmalloc-2k"))
    #expect(!shown.output.contains("without digests"))
    let listed = try Program().run("list", capture, "--json", user: .whoeverTests)
    #expect(listed.output.contains("\"damage\" : null"), "\(listed.output)")
  }

  @Test(arguments: releases) func `the history of a release names who leaked`(
    release: String
  ) throws {
    let history = "\(Self.folder)/\(release)/history.sqlite"
    let judged = try Program().run("watch", "--replay", history, user: .whoeverTests)
    #expect(judged.status == 1, "\(judged.errors)")
    #expect(judged.lastLine.contains("kmemlab_timer_take [kmemlab_timer] grows by"))
  }
}

@Suite struct SchemaFileTests {
  @Test func `every schema has an id, which is the name that documents give`() throws {
    let folder = Manual.repository.appendingPathComponent("docs/schema")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.count >= 18)
    for name in names {
      let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
      let schema = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
      let id = try #require(schema["$id"] as? String, "\(name) has no $id")
      let document = name.replacing(".schema.json", with: "")
      #expect(id.hasSuffix(document) || id.hasSuffix(name), "\(name): \(id)")
    }
  }
}
