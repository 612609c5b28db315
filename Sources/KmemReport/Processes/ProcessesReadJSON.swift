package import KmemAnalysis

extension JSONValue {
  /// Of how many processes the memory could be measured.
  package init(_ read: ProcessesRead) {
    self = .object([
      "processes": JSONValue(read.processes), "kernelThreads": JSONValue(read.kernelThreads),
      "measured": JSONValue(read.measured), "denied": JSONValue(read.denied),
      "skipped": JSONValue(read.skipped), "absent": JSONValue(read.absent),
      "othersHidden": .bool(read.hidesOthers),
    ])
  }
}
