import Foundation
package import KmemSnapshot
import KmemSources

/// The trees below `Fixtures`, which lies beside `Tests`.
package enum Fixture {
  package static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").path

  /// The trees by their path below `Fixtures`.
  package static let all = [
    "captures/6.18-guest-before", "captures/6.18-guest-after", "synthetic/2.6.32-slab-swap",
    "synthetic/3.10-slub", "synthetic/4.4-arm-highmem", "synthetic/4.18-vmalloc-leak-before",
    "synthetic/4.18-vmalloc-leak-after", "synthetic/6.12-allocinfo-before",
    "synthetic/6.12-allocinfo-after", "synthetic/lxcfs-container", "synthetic/6.1-numa-17-orders",
    "synthetic/6.1-arm64-64k",
  ]

  package static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The tree as a capture, whose origin is its name instead of its path on this machine.
  package static func capture(_ name: String) throws -> Capture {
    var capture = try DirectoryTree(path(name)).capture()
    capture.origin = name
    return capture
  }

  package static func snapshot(_ name: String) throws -> Snapshot {
    Snapshot(try capture(name))
  }
}

extension Capture {
  /// A capture of files typed in a test, by their path below the root.
  package init(typed files: [String: String], origin: String = "typed") {
    self.init(
      origin: origin, kind: .directory,
      sources: files.mapValues { SourceReading(outcome: .read, bytes: Array($0.utf8)) })
  }
}

extension Snapshot {
  package init(typed files: [String: String]) { self.init(Capture(typed: files)) }
}

extension Fixture {
  /// The bytes of a file below `Fixtures`.
  package static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }
}
