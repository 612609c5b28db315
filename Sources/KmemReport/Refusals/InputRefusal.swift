import KmemParsers
package import KmemSnapshot

/// Why what was named as an input is none.
package enum InputRefusal: Refusal {
  /// None of its files is about memory, and so many others are in it.
  case noMemoryFiles(origin: String, others: Int)
  /// What is in it can't be read, with what was said of its sources.
  case nothingReadable(origin: String, [SourceRemark])
  /// It tells nothing of what a table is asked for.
  case nothing(of: Holders, origin: String, Missing?)
  /// A folder or archive was named where one kernel configuration is wanted.
  case severalFiles(path: String)
  /// The file that was named holds no kernel configuration.
  case noConfiguration(path: String, Missing?)

  /// Who holds memory in a table of `top`.
  package enum Holders: Sendable {
    case processes, cgroups

    fileprivate var words: String {
      switch self {
      case .processes: "processes"
      case .cgroups: "control groups"
      }
    }
  }

  package var sentence: String {
    switch self {
    case .noMemoryFiles(let origin, let others):
      "\(origin) holds none of the kernel's memory files, such as \(Meminfo.path) and "
        + Slabinfo.path
        + (others > 0 ? "; other files in it: \(others)" : "")
    case .nothingReadable(let origin, let remarks):
      "\(origin) holds nothing that could be read: "
        + remarks.prefix(5).map(\.sentence).joined(separator: "; ")
    case .nothing(let holders, let origin, let missing):
      "no \(holders.words) in \(origin): "
        + (missing?.detail ?? "their files hold nothing that was understood")
    case .severalFiles(let path): "\(path) is no single file: name a kernel configuration"
    case .noConfiguration(let path, let missing):
      "\(path): \(missing?.detail ?? "it is no kernel configuration")"
    }
  }
}
