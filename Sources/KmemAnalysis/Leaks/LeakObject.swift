package import KmemParsers

/// One unreferenced object.
package struct LeakObject: Sendable {
  package let kind: KmemleakRecord.Kind
  package let address: UInt64
  package let size: UInt64
  /// The line of the text that announces it, counted from 1.
  package let line: Int
  package let comm: String?
  package let pid: Int64?
  package let jiffies: UInt64?
  /// The printed age in milliseconds.
  package let age: UInt64?
  /// The CRC-32 of its contents.
  package let checksum: UInt32?
  package let content: KmemleakDump.Content
  /// Its first bytes, at most 32.
  package let bytes: [UInt8]
  package internal(set) var frames: [LeakFrame]

  init(_ record: KmemleakRecord, comm: String?, frames: [LeakFrame]) {
    kind = record.kind
    address = record.address
    size = record.size
    line = record.line
    self.comm = comm
    pid = record.pid
    jiffies = record.jiffies
    age = record.age
    checksum = record.checksum
    content = record.dump.content
    bytes = record.dump.bytes
    self.frames = frames
  }
}

/// What the text of a report held.
package struct LeakTextFacts: Hashable, Sendable {
  package let counts: KmemleakReader.Counts
  /// Objects that the text holds more than once; each counts once.
  package let repeated: Int64
  /// What couldn't be read, the first hundred.
  package let faults: [Remark]

  init(_ reader: KmemleakReader, repeated: Int64) {
    counts = reader.counts
    self.repeated = repeated
    faults = reader.remarks
  }

  /// Whether it is a report, a log or empty.
  package var isRecognised: Bool {
    counts.headers > 0 || counts.logLines > 0 || counts.bytes == 0
  }
}
