package import KmemParsers
package import KmemSnapshot

/// Why there is no kmemleak report, or not all of it.
package enum LeakInputRefusal: Refusal {
  /// The capture holds no report; its manifest says what became of kmemleak's own file.
  case notInCapture(origin: String, path: String, Outcome, reason: String?)
  /// The text that was named is no report, but perhaps a kernel file of another kind.
  case notRecognised(name: String, KernelFile?)
  /// The report in a capture was cut.
  case notWhole(Outcome, reason: String?)
  /// Reading the live report failed, with the error's sentence.
  case live(Failure, error: String)
  case onlyLiveIsBaseline
  /// The text has more distinct stacks than so many, which are as many as are kept.
  case manyStacks(name: String, limit: Int)
  /// The report is of a program, and the baseline isn't.
  case noProgramBaseline(name: String)
  /// No object holds the address, which is given as the user wrote it.
  case noObject(address: String)
  /// An address was asked for, and the report is of a program, which prints none of objects.
  case noObjectOfProgram(name: String)
  /// The word that should be an address is none; it is given as the user wrote it.
  case noAddress(String)

  /// How reading the machine's own report failed.
  package enum Failure: Hashable, Sendable {
    case denied, absent, other
  }

  /// The sentence, with its remedy.
  package var sentence: String {
    switch self {
    case .notInCapture(let origin, let path, let outcome, let reason):
      "\(origin) holds no kmemleak report: \(path) is \(Self.words(outcome, reason))"
    case .notRecognised(let name, KernelFile.kernelLog?):
      "\(name) is a kernel log in which kmemleak says nothing: "
        + "\(OtherVerb.command(reading: .kernelLog, named: name)) tells what it says of memory"
    case .notRecognised(let name, let file?):
      "\(name) is no leak report and no kernel log but \(file.words): "
        + "\(OtherVerb.command(reading: file, named: name)) reads it"
    case .notRecognised(let name, nil):
      "\(name) is no leak report and no kernel log: no line of it has one of the marks that were "
        + "looked for: \"unreferenced object 0xffff888100a3c0c0 (size 192):\", "
        + "\"comm \"mount\", pid 428, jiffies 42\", \"hex dump (first 32 bytes):\", \"backtrace:\", "
        + "\"kmemleak: \", the kernel log's times as in \"[   12.345678]\", \"kernel: \"; of programs: \"==123== \", "
        + "\"Direct leak of 32 byte(s)\", \"<valgrindoutput>\", \"allocations from stack\", "
        + "\"MEMORY LEAKS\""
    case .notWhole(let outcome, let reason): "the report is \(Self.words(outcome, reason))"
    case .live(.denied, let error):
      "\(error): only root may read it, and lockdown forbids it even to root; kmemcheck status "
        + "tells which"
    case .live(.absent, let error):
      "\(error): this kernel has no kmemleak, it is disabled, or debugfs isn't mounted; kmemcheck "
        + "status tells which, and the remedy"
    case .live(.other, let error): "\(error); kmemcheck status tells why"
    case .manyStacks(let name, let limit):
      "\(name) has more than \(limit) distinct stacks, the most that are kept at once: give it in parts"
    case .onlyLiveIsBaseline: "only the live report can be a baseline"
    case .noProgramBaseline(let name):
      "\(name) holds no leak report of a program, as the other text does; compare reports of one tool"
    case .noObject(let address): "no object of the report holds the address \(address)"
    case .noObjectOfProgram(let name):
      "\(name) is a report of a program, which lists no addresses: --object is for kmemleak's"
    case .noAddress(let text): "\(text) is no address; write it as 0xffff888100a3c0c0"
    }
  }

  private static func words(_ outcome: Outcome, _ reason: String?) -> String {
    outcome.rawValue + (reason.map { " (\($0))" } ?? "")
  }
}
