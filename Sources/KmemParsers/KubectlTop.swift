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
    (rows, remarks) = try KmemParsers.rows(
      text, of: Self.file, below: "MEMORY(bytes)", commands: ["kubectl", "top"], Self.row)
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
