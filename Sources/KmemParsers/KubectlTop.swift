/// What `kubectl top pods` prints of pods, or `kubectl top nodes` of machines.
package struct KubectlTop: Hashable, Sendable, ProcessForm {
  /// The pods in the order in which they are listed.
  package private(set) var rows: [ProcessRow] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the table; of several that follow each other the last counts.
  ///
  /// - Throws: `ParseError` if no line is a pod.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension KubectlTop: ParsedFile, ToldByMarks {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/kubectl-top", words: "kubectl top",
    example: "web-7d4b9c6f5-x2k8p   12m   512Mi", title: "kubectl top",
    marks: [TextMark(.unmistakable, within: "MEMORY(bytes)")],
    secrets: .everything, isLive: false)

  /// A pod.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    row(line.trimmed()) == nil ? nil : true
  }

  /// Pods come again in every moment.
  package static var recurrence: RowRecurrence { .tellsNothing }
}

extension KubectlTop {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      if line.offset(of: "MEMORY(bytes)") != nil {
        rows = []
      } else if let row = Self.row(line) {
        rows.append(row)
      } else if !line.isEmpty, !line.isCommand("kubectl"), !line.isCommand("top") {
        remarks.noteStray(line: lines.number, "no row of kubectl top", line)
      }
    }
    guard !rows.isEmpty else { throw Self.file.refusal(of: text) }
  }

  /// Names, `12m` of processors, maybe their share, and `512Mi` of memory.
  private static func row(_ line: Span<UInt8>) -> ProcessRow? {
    let words = line.words
    guard
      let memory = words.firstIndex(where: { word in
        ["Ki", "Mi", "Gi"].contains { word.hasSuffix($0) }
      }), memory >= 2
    else { return nil }
    // With a namespace the pod's name is the second one.
    let processors = words[..<memory].lastIndex {
      $0.last == "m" && $0.dropLast().allSatisfy(\.isNumber)
    }
    guard let processors, processors > 0 else { return nil }
    let amount = Array(words[memory].utf8)
    var row = ProcessRow()
    row.command = words[processors - 1]
    row.resident = PrintedAmount(amount.span)
    return row.resident == nil ? nil : row
  }
}
