/// The verdict on many machines: which leak, and what those have that the others don't.
package struct FleetReport: Sendable {
  /// Where the samples are from: a folder, a URL.
  package let origin: String
  /// The machines that leak, those that end first in front.
  package let leaking: [FleetHost]
  /// The others, by name.
  package let others: [FleetHost]
  /// What the leaking machines share, the best separator first.
  package let shared: [SharedTrait]
  /// What couldn't be read or judged, as facts of whoever read it.
  package let remarks: [FleetRemark]

  /// Sorts the machines and looks for what the leaking ones share.
  ///
  /// Machines of which too little is known are on neither side.
  package init(_ hosts: [FleetHost], origin: String, remarks: [FleetRemark] = []) {
    self.origin = origin
    self.remarks = remarks
    leaking = hosts.filter(\.isLeaking).sorted(by: Self.isMoreUrgent)
    others = hosts.filter { !$0.isLeaking }.sorted { $0.name < $1.name }
    shared = SharedTrait.all(
      of: leaking, without: others.filter { $0.verdict != .notEnough })
  }

  /// How many machines there are.
  package var count: Int { leaking.count + others.count }

  /// Machines of which too little is known.
  package var undecided: [FleetHost] { others.filter { $0.verdict == .notEnough } }

  /// The kernel's leaks first, then who ends first, then who grows faster.
  private static func isMoreUrgent(_ one: FleetHost, _ other: FleetHost) -> Bool {
    if one.isKernels != other.isKernels { return one.isKernels }
    let (end, otherEnd) = (one.exhaustion ?? .infinity, other.exhaustion ?? .infinity)
    if end != otherEnd { return end < otherEnd }
    let (rate, otherRate) = (one.culprit?.rate ?? 0, other.culprit?.rate ?? 0)
    return rate == otherRate ? one.name < other.name : rate > otherRate
  }
}
