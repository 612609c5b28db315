/// Why captures can't be judged as a series.
package enum SeriesRefusal: Refusal {
  /// Nothing in the places named is a capture.
  case nothing(places: [String], firstReason: String?)
  /// They are of several machines.
  case severalHosts([String])
  /// None of them is of the host that was asked for.
  case noHost(String, known: [String])
  /// None of them tells when it was taken.
  case noTimes(count: Int)
  /// Their times lack the year, and fill it so that it isn't told where they begin.
  case noYears
  /// None of them is of the boot that was asked for.
  case noBoot(String, known: [String])

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .nothing(let places, let reason):
      "nothing in \(places.joined(separator: ", ")) is a capture"
        + (reason.map { "; the first file: \($0)" } ?? "")
    case .severalHosts(let names):
      "the captures are of \(names.count) machines: \(names.prefix(8).joined(separator: ", "))"
        + "\(names.count > 8 ? " and more" : ""); choose one with --host"
    case .noHost(let name, let known):
      "no capture is of the host \(name); they are of \(known.prefix(8).joined(separator: ", "))"
    case .noTimes(let count):
      "none of the \(count) captures tells when it was taken: a series needs their times"
    case .noYears:
      "the times lack the year, and nothing tells which of the texts is the first: they fill the whole"
        + " year; put the year into their times, or give the texts of fewer months"
    case .noBoot(let wanted, let known):
      "no capture is of the boot \(wanted)"
        + (known.isEmpty ? "" : "; they are of \(known.joined(separator: ", "))")
    }
  }
}
