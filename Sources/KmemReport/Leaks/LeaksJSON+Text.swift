import KmemAnalysis
import KmemParsers
internal import KmemSnapshot

extension LeaksJSON {
  /// What the text held besides objects.
  static func text(_ text: LeakTextFacts) -> JSONValue {
    let counts = text.counts
    return .object([
      "bytes": JSONValue(counts.bytes), "lines": JSONValue(counts.lines),
      "headers": JSONValue(counts.headers), "malformed": JSONValue(counts.malformed),
      "incomplete": JSONValue(counts.incomplete), "foreignLines": JSONValue(counts.foreign),
      "repeated": .int(text.repeated), "faults": JSONValue(text.faults.map(\.sentence)),
      "ownFile": .bool(text.isOwnFile), "headless": JSONValue(text.headlessCount),
      "headlessRecords": .array(text.headless.map(headless)),
      "announced": .int(text.announced), "log": .array(text.statements.map(statement)),
    ])
  }

  private static func headless(_ record: HeadlessLeak) -> JSONValue {
    .object([
      "line": JSONValue(record.line), "comm": JSONValue(record.comm),
      "culprit": JSONValue(record.culprit?.text),
      "firstOfTail": JSONValue(record.firstOfTail?.text),
    ])
  }

  private static func statement(_ statement: KmemleakStatement) -> JSONValue {
    .object([
      "meaning": .string(statement.meaning.rawValue), "count": .int(statement.count),
      "firstLine": JSONValue(statement.firstLine), "lastLine": JSONValue(statement.lastLine),
      "objects": .int(statement.objects), "text": .string(statement.text),
    ])
  }

  /// A rule for frames that are never to blame, with how many groups have such frames.
  static func rule(_ rule: FrameRule, in report: LeakReport) -> JSONValue {
    let groups = report.groups.count { $0.frames.contains { $0.passedOver == .rule(rule) } }
    return .object([
      "pattern": .string(rule.pattern), "place": .string(rule.place), "groups": JSONValue(groups),
    ])
  }
}

extension LeakFrame.Passing {
  /// What passes the frame over: `allocator`, or the user's pattern.
  var name: String {
    switch self {
    case .allocator: "allocator"
    case .rule(let rule): rule.pattern
    }
  }
}
