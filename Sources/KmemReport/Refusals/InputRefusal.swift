package import KmemAnalysis
package import KmemParsers
package import KmemSnapshot

/// Why a file or capture that the user named can't be used.
package enum InputRefusal: Refusal {
  /// None of its files is about memory; it has this many others.
  case noMemoryFiles(origin: String, others: Int)
  /// It is one file that tells something only beside others, or that lists nothing.
  case tellsNothingAlone(origin: String, KernelFile)
  /// It holds nothing that the tables of `top` are made of.
  case nothingToRank(origin: String)
  /// Not one of its sources can be read; the remarks say why.
  case nothingReadable(origin: String, [SourceRemark])
  /// It doesn't list the processes, control groups or stacks that the user wants.
  case nothing(of: Holders, origin: String, Missing?)
  /// A folder or archive was named where one kernel configuration is wanted.
  case severalFiles(path: String)
  /// The file that was named holds no kernel configuration.
  case noConfiguration(path: String, Missing?)

  /// It holds one moment, of no machine that it names or of another one than this, where two moments are
  /// to be compared.
  case oneMoment(origin: String)

  /// The file is of a kind that another command reads.
  case otherVerb(origin: String, OtherVerb)

  /// The holders of memory in a table of `top`, or in folded stacks.
  package enum Holders: Sendable {
    case processes, cgroups
    case stacks(FoldedStacks.Source)

    fileprivate var words: String {
      switch self {
      case .processes: "processes"
      case .cgroups: "control groups"
      case .stacks(let source): "stacks of \(source.rawValue)"
      }
    }
  }

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .noMemoryFiles(let origin, let others):
      "\(origin) holds none of the kernel's memory files, such as \(Meminfo.path) and "
        + Slabinfo.path
        + (others > 0 ? "; other files in it: \(others)" : "")
    case .tellsNothingAlone(let origin, let file):
      "\(origin) is \(file.words), and nothing in it tells of memory in use: put \(Meminfo.path) "
        + "and \(Slabinfo.path) with it into one folder or text, then kmemcheck show"
    case .nothingToRank(let origin):
      "\(origin) holds nothing of what kmemcheck top ranks, such as \(Meminfo.path), "
        + "\(Slabinfo.path) and \(Vmallocinfo.path): kmemcheck show "
        + "\(InputName.reference(to: origin)) tells what is in it"
    case .nothingReadable(let origin, let remarks):
      "\(origin) holds nothing that could be read: "
        + remarks.prefix(5).map(\.sentence).joined(separator: "; ")
    case .nothing(let holders, let origin, let missing):
      "no \(holders.words) in \(origin): "
        + (missing?.detail ?? "their files hold nothing that was understood")
    case .otherVerb(let origin, let verb): verb.sentence(origin)
    case .oneMoment(let origin): Self.oneMoment(InputName.reference(to: origin), origin)
    case .severalFiles(let path): "\(path) is no single file: name a kernel configuration"
    case .noConfiguration(let path, let missing):
      "\(path): \(missing?.detail ?? "it is no kernel configuration")"
    }
  }

  private static func oneMoment(_ reference: String, _ origin: String) -> String {
    "\(origin) holds one moment: there is nothing to compare in it, and nothing tells that it is of "
      + "this machine; name the other moment (kmemcheck diff \(reference) FILE), or now, if it was "
      + "taken here (kmemcheck diff \(reference) now)"
  }
}
