/// Records of which the lines don't tell the process, held until it's known that no lines of two
/// processes were mixed.
///
/// Where they were, no record has a stack: which frame is whose could only be guessed.
struct LooseRecords: Sendable {
  private var records: [ProgramLeakRecord] = []
  /// Whether lines of several processes were mixed since the records were handed over last.
  private(set) var isMixed = false

  /// So many records are held at most.
  private static let most = 100_000

  mutating func add(_ record: ProgramLeakRecord, _ receive: ProgramLeakReader.Receiver) {
    records.append(record)
    if records.count >= Self.most { flush(receive) }
  }

  /// Notes that lines stand in an order in which no single process writes them.
  mutating func mix() { isMixed = true }

  /// Hands the records over.
  mutating func flush(_ receive: ProgramLeakReader.Receiver) {
    for var record in records {
      if isMixed {
        record.frames = []
        record.process = nil
        record.isMixed = true
      }
      receive(.record(record))
    }
    records = []
    isMixed = false
  }
}
