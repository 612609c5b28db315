import KmemParsers

/// How long reading one source may take before it is given up, in milliseconds.
///
/// A live kernel can block a reader for as long as it likes; kmemcheck goes on without the source.
enum Deadline {
  /// The kernel's log: a ring of a few megabytes that no lock guards for long.
  static let kernelLog = 2000.0
  /// The list of all pages, with a record for each page of the machine.
  static let pageOwner = 60_000.0
  /// A file of one process, where the process was asked for by its id.
  static let process = 1000.0

  /// The deadline of a source by what reading it costs.
  ///
  /// Of a source that may block, it is how long reading may go without a byte.
  static func of(_ cost: ReadingCost) -> Double {
    switch cost {
    case .cheap: 1000
    case .locks: 3000
    case .blocking: 10_000
    }
  }
}
