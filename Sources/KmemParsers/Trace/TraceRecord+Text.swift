extension TraceRecord {
  /// The first line of a kept trace; the number is the format's, of which the second has a digest at its end.
  static let title: StaticString = "kmemcheck trace 2"
  /// The first line of a trace that ends without a digest.
  static let firstTitle: StaticString = "kmemcheck trace 1"

  /// The record as a text that `init(parsing:)` reads.
  package var text: String {
    var lines = ["\(Self.title)"]
    if let release { lines.append("release \(release)") }
    lines += [
      "processors \(processors)", "wall \(wall)",
      "windows \(windows.map { "\($0)" }.joined(separator: " "))",
      "sampling \(sampling)", "kinds \(kinds.map(\.rawValue).sorted().joined(separator: " "))",
      "kept \(kept)", "lost \(lost)", "seen \(seen)", "missed \(missed)",
      "delayed-frees \(seesDelayedFrees ? 1 : 0)",
      "interrupted \(isInterrupted ? 1 : 0)",
    ]
    if engine != .programs { lines.append("engine \(engine.rawValue)") }
    if let cache { lines.append("only-cache \(cache)") }
    if let size { lines.append("only-size \(size)") }
    if command != nil { lines.append("of-command 1") }
    if let pid { lines.append("only-process \(pid)") }
    if let cost { lines.append("cost \(cost)") }
    lines += builds.lines + books.map(\.line)
    for sum in sums { lines += sum.lines }
    var digest = TraceDigest()
    for line in lines { digest.add(line: Array(line.utf8).span) }
    lines.append("digest \(digest.text)")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension TraceRecord.Builds {
  fileprivate var lines: [String] {
    (kernel.map { ["build \($0)"] } ?? [])
      + modules.sorted { $0.key < $1.key }.map { "build \($0.value) \($0.key)" }
  }
}

extension TraceRecord.Book {
  fileprivate var line: String {
    switch subject {
    case .cache(let name, let size, let isReclaimable):
      let reclaim = isReclaimable.map { $0 ? "1" : "0" } ?? "-"
      return (["cache", name, "\(size)", "\(before)", "\(after)", reclaim] + aliases)
        .joined(separator: " ")
    case .memoryClass(let id): return "class \(id) \(before) \(after)"
    }
  }
}

extension TraceRecord.Sum {
  fileprivate var lines: [String] {
    let amounts = [
      ("allocated", allocated), ("left", left), ("freed", freed), ("reused", reused),
    ]
    return ["sum \(kind.rawValue) \(size) \(cache ?? "-")"]
      + amounts.map { name, numbers in
        " \(name) \(numbers.map(String.init).joined(separator: " "))"
      } + frames.map { "  \($0.text)" }
  }
}
