/// Where a snapshot comes from, whose moment it is, and how much of it could be read.
package struct Moment: Hashable, Sendable {
  /// Where it comes from, as the user would name it.
  package let origin: String
  /// The form in which its sources were found.
  package let kind: Capture.Kind
  /// The label that the user gave it, if any.
  package let label: String?
  /// The machine, and when it was.
  package let host: Host
  /// How many of its sources were read, and which were not.
  package let coverage: Coverage
  /// What tools print, which was read in place of kernel files.
  package let standIns: [StandIn]
  /// What parsers passed over or mended.
  package let remarks: [SourceRemark]

  /// Takes from a snapshot what remains true of it without its records.
  package init(_ snapshot: Snapshot) {
    origin = snapshot.origin
    kind = snapshot.kind
    label = snapshot.label
    host = snapshot.host
    coverage = snapshot.coverage
    standIns = snapshot.standIns
    remarks = snapshot.remarks
  }
}
