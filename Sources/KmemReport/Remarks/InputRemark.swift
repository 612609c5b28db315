import KmemParsers

/// What is odd about an input that is read all the same.
package enum InputRemark: Sendable {
  /// The list of a process's mappings isn't whole.
  case mappingsCut(pid: Int, reason: String?)
  /// The kernel's packed configuration is damaged, with the error's text.
  case configurationNotUnpacked(error: String)

  /// The remark as a sentence without its full stop.
  package var sentence: String {
    switch self {
    case .mappingsCut(let pid, let reason):
      "proc/\(pid)/smaps is cut: \(reason ?? "its end is missing")"
    case .configurationNotUnpacked(let error):
      "\(KernelConfig.packed.path) can't be unpacked: \(error)"
    }
  }
}
