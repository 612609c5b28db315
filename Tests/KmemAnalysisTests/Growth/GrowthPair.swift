import KmemSnapshot
import KmemSources
import KmemTestSupport

@testable import KmemAnalysis

/// Two moments of one boot, as captures from which sources and lines can be taken away.
struct GrowthPair: CustomStringConvertible, Sendable {
  let name: String
  let before: Capture
  let after: Capture

  var description: String { name }

  /// Something that a moment may lack.
  enum Part: Hashable, CustomStringConvertible {
    case source(String)
    case line(String)

    var isSource: Bool {
      if case .source = self { true } else { false }
    }

    var description: String {
      switch self {
      case .source(let path): path
      case .line(let name): name
      }
    }
  }

  /// The sources that books and growth are made of.
  static let sources = [
    "proc/meminfo", "proc/slabinfo", "proc/zoneinfo", "proc/vmstat", "proc/vmallocinfo",
    "proc/allocinfo", "proc/config.gz",
  ]

  /// The pairs below `Fixtures`.
  static let fixtures: [GrowthPair] = {
    let lab = ["6.1", "6.12"].flatMap { kernel in
      ["kmalloc", "cache", "merged", "notleak", "pages", "percpu", "vmalloc", "churn", "ext4"]
        .map { "captures/\(kernel)-\($0)" }
    }
    let trees = [
      "captures/6.18-guest", "synthetic/4.18-vmalloc-leak", "synthetic/6.12-allocinfo",
    ]
    return lab.compactMap { pair($0) { try ArchiveTree("\(Fixture.path($0)).tar.zst").capture() } }
      + trees.compactMap { pair($0) { try DirectoryTree(Fixture.path($0)).capture() } }
  }()

  private static func pair(_ name: String, _ read: (String) throws -> Capture) -> GrowthPair? {
    guard let before = try? read("\(name)-before"), let after = try? read("\(name)-after") else {
      return nil
    }
    return GrowthPair(name: name, before: before.reduced, after: after.reduced)
  }
}

extension Capture {
  /// The sources of the books only: the others would be parsed hundreds of times for nothing.
  fileprivate var reduced: Capture {
    Capture(
      origin: origin, kind: .directory,
      sources: sources.filter { GrowthPair.sources.contains($0.key) && $0.value.outcome == .read })
  }

  /// The names of meminfo's lines.
  var meminfoLines: [String] {
    (text(of: "proc/meminfo") ?? "").split(separator: "\n")
      .compactMap { $0.split(separator: ":").first.map(String.init) }
  }

  /// The capture without a source, or without a line of meminfo.
  func without(_ part: GrowthPair.Part) -> Capture {
    var sources = sources
    switch part {
    case .source(let path): sources[path] = nil
    case .line(let name):
      let text = (text(of: "proc/meminfo") ?? "").split(separator: "\n")
        .filter { !$0.hasPrefix("\(name):") }.joined(separator: "\n")
      sources["proc/meminfo"] = SourceReading(outcome: .read, bytes: Array("\(text)\n".utf8))
    }
    return Capture(origin: origin, kind: .directory, sources: sources)
  }
}

extension GrowthPair {
  /// The pair without what takes long to parse and no line of meminfo needs: the lines of source, the
  /// configuration, and caches that are alike at both moments.
  var light: GrowthPair {
    let path = "proc/slabinfo"
    let texts = [before, after].map { ($0.text(of: path) ?? "").split(separator: "\n") }
    let alike = Set(texts[0]).intersection(texts[1])
    func light(_ capture: Capture, _ rows: [Substring]) -> Capture {
      var sources = capture.sources.filter {
        !["proc/allocinfo", "proc/config.gz"].contains($0.key)
      }
      if sources[path] != nil {
        let kept = rows.filter {
          !alike.contains($0) || $0.hasPrefix("slabinfo") || $0.hasPrefix("kmemleak")
        }
        sources[path] = SourceReading(
          outcome: .read, bytes: Array("\(kept.joined(separator: "\n"))\n".utf8))
      }
      return Capture(origin: capture.origin, kind: .directory, sources: sources)
    }
    return GrowthPair(
      name: name, before: light(before, texts[0]), after: light(after, texts[1]))
  }
}
