import KmemAnalysis
import KmemParsers

extension ProgramLeakTool {
  /// What the tool is called.
  var name: String {
    switch self {
    case .valgrind: "Valgrind"
    case .sanitizer: "LeakSanitizer"
    case .memleak: "memleak"
    case .heaptrack: "heaptrack"
    }
  }

  /// What the tool counts.
  fileprivate func blocks(_ count: Int64) -> String {
    let noun =
      switch self {
      case .valgrind: "block"
      case .sanitizer: "object"
      case .memleak: "allocation"
      case .heaptrack: "call"
      }
    return "\(Amount.count(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// The amount in the tool's own units: `1,000 bytes in 1 block`.
  func amount(_ amount: ProgramLeakAmount) -> String {
    let bytes = "\(Amount.count(amount.bytes)) \(amount.bytes == 1 ? "byte" : "bytes")"
    return amount.blocks == 0 && amount.bytes > 0 ? bytes : "\(bytes) in \(blocks(amount.blocks))"
  }
}

extension ProgramLeakKind {
  /// What became of memory of this kind, in the tool's words.
  var words: String {
    switch self {
    case .definitelyLost: "definitely lost"
    case .indirectlyLost: "indirectly lost"
    case .possiblyLost: "possibly lost"
    case .direct: "leaked directly"
    case .indirect: "leaked indirectly"
    case .leaked: "leaked"
    case .outstanding: "outstanding"
    case .stillReachable: "still reachable"
    case .suppressed: "suppressed"
    }
  }
}

/// The lines in which a group of a program's leaks reads.
struct ProgramLeakFormat {
  private let group: ProgramLeakGroup

  init(_ group: ProgramLeakGroup) { self.group = group }

  /// `10,000 bytes in 10 blocks definitely lost`.
  var amount: String {
    let news = group.news.map { news in
      news.still == 0 ? ", all new" : news.new == 0 ? ", none new" : ", \(news.new) new"
    }
    return "\(group.tool.amount(group.amount)) \(group.kind.words)\(news ?? "")"
  }

  /// The function that asked for the memory, or why none is named.
  var culprit: String {
    if let culprit = group.culprit {
      return culprit.isUnknown ? "unknown code" : culprit.name
    }
    if group.isMixed { return "no stack: lines of several processes are mixed" }
    if !group.isListed { return "no record in the text" }
    return group.frames.last.map { Self.onlyAllocators($0.name) } ?? "no stack"
  }

  /// What stands in the place of the function that allocated where the stack has nobody else's.
  static func onlyAllocators(_ last: String) -> String { "no frame but allocators' (\(last))" }

  /// Where that is, and what else is known.
  var facts: [String] {
    var facts: [String] = []
    if let culprit = group.culprit {
      if let source = culprit.place.file { facts.append("at \(source)\(line(culprit))") }
      if let object = culprit.place.object, culprit.place.file == nil {
        facts.append("in \(object)")
      }
    }
    if group.indirectBytes > 0 {
      let all = group.amount.bytes.plus(group.indirectBytes)
      facts.append(
        "\(Amount.count(all)) bytes with the \(Amount.count(group.indirectBytes)) lost by it")
    }
    if let processes { facts.append(processes) }
    return facts
  }

  private func line(_ frame: ProgramLeakFrame) -> String {
    frame.place.line.map { ":\($0)" } ?? ""
  }

  private var processes: String? {
    guard !group.processes.isEmpty else { return nil }
    let numbers = group.processes.keys.sorted()
    let shown = numbers.prefix(5).map(String.init).joined(separator: ", ")
    let rest = numbers.count > 5 ? " and \(numbers.count - 5) more" : ""
    return "\(numbers.count == 1 ? "process" : "processes") \(shown)\(rest)"
  }

  /// How the tool would list what only its sums have.
  var remedy: String? {
    guard !group.isListed else { return nil }
    switch (group.tool, group.kind) {
    case (.valgrind, .indirectlyLost), (.valgrind, .stillReachable):
      return "--leak-check=full --show-leak-kinds=all lists it"
    case (.valgrind, _): return "--leak-check=full lists it"
    case (.sanitizer, _): return "the report's sum has it, and the text no record of it"
    case (.heaptrack, _): return "heaptrack_print lists the largest alone; --peak-limit lists more"
    case (.memleak, _): return nil
    }
  }

  /// The functions from the culprit on, as many as fit a line.
  func path(_ width: Int?) -> String? {
    let names = group.callers.prefix(6).map(\.name)
    guard !names.isEmpty else { return nil }
    return TerminalText.fitted(
      "from: \(names.joined(separator: " < "))", (width ?? 100) - 3, atEnd: true)
  }

  /// A frame with its place: `main a.c:8`.
  static func frameLine(_ frame: ProgramLeakFrame) -> String {
    let place =
      frame.place.file.map { file in frame.place.line.map { "\(file):\($0)" } ?? file }
      ?? frame.place.object.map { "(\($0))" }
    return [frame.name, place].compactMap(\.self).joined(separator: " ")
  }
}
