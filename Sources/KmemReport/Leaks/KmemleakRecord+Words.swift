import KmemParsers

extension KmemleakRecord.Kind {
  /// What kind of memory it is, in text and JSON.
  var name: String {
    switch self {
    case .plain: "plain"
    case .percpu: "percpu"
    case .physical: "physical"
    }
  }
}

extension KmemleakDump.Content {
  /// What the first bytes look like, in text and JSON.
  var name: String {
    switch self {
    case .none: "not printed"
    case .zeroed: "zeroed"
    case .text: "text"
    case .pointers: "pointers"
    case .mixed: "mixed"
    }
  }
}

extension Remark {
  /// What is wrong with a line of a report.
  var sentence: String { "line \(line): \(reason)" }
}
