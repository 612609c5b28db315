import KmemParsers
package import KmemSnapshot

/// What is odd about an input that is read all the same.
package enum InputRemark: Sendable {
  /// The list of a process's mappings isn't whole.
  case mappingsCut(pid: Int, reason: String?)
  /// The kernel's packed configuration is damaged, with the error's text.
  case configurationNotUnpacked(error: String)
  /// The text holds several moments, of which the last is taken.
  case lastOfMoments(TextMoment)
  /// A file of settings that nobody named may not be read, with the reason.
  case settingsPassedOver(reason: String)

  /// The remark as a sentence without its full stop.
  package var sentence: String {
    switch self {
    case .mappingsCut(let pid, let reason):
      "proc/\(pid)/smaps is cut: \(reason ?? "its end is missing")"
    case .configurationNotUnpacked(let error):
      "\(KernelConfig.packed.path) can't be unpacked: \(error)"
    case .settingsPassedOver(let reason): "\(reason); what it says isn't heeded"
    case .lastOfMoments(let moment):
      moment.machines.count > 1
        ? Self.ofMachines(moment)
        : moment.text == "-"
          ? "standard input holds \(moment.count) moments, and this is the last; kmemcheck diff - "
            + "compares the first with it"
          : "\(moment.text) holds \(moment.count) moments, and this is the last; "
            + "\(TextMoment.reference(moment.text, 1)) is the first, and kmemcheck diff \(moment.text) "
            + "compares the two"
    }
  }

  /// A text with the moments of several machines, which aren't compared with each other.
  private static func ofMachines(_ moment: TextMoment) -> String {
    let names = moment.machines.prefix(4).joined(separator: ", ")
    let more = moment.machines.count > 4 ? " and \(moment.machines.count - 4) more" : ""
    return "\(moment.text) holds \(moment.count) moments of \(moment.machines.count) machines "
      + "(\(names)\(more)), and this is the last"
      + (moment.machine.map { ", of \($0)" } ?? "")
      + (moment.text == "-" ? "" : "; \(TextMoment.reference(moment.text, 1)) is the first")
  }
}
