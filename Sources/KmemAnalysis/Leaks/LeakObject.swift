package import KmemParsers

/// One unreferenced object.
package struct LeakObject: Sendable {
  /// What kind of address the object has: plain, percpu or physical.
  package let kind: KmemleakRecord.Kind
  /// The address in the header of the record.
  package let address: UInt64
  /// Bytes asked for by the allocation.
  package let size: UInt64
  /// The line of the text that announces it, counted from 1.
  package let line: Int
  /// The name of the task that allocated it; nil where the text has none.
  package let comm: String?
  /// The number of that task; nil where the text has none.
  package let pid: Int64?
  /// The kernel's tick counter at the allocation; nil where the text has none.
  package let jiffies: UInt64?
  /// The printed age in milliseconds.
  package let age: UInt64?
  /// The CRC-32 of its contents.
  package let checksum: UInt32?
  /// What the dump of the first bytes looks like.
  package let content: KmemleakDump.Content
  /// Its first bytes, at most 32.
  package let bytes: [UInt8]
  /// The allocation stack, the innermost frame first.
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
  /// Counts of lines and objects by what became of them.
  package let counts: KmemleakReader.Counts
  /// Objects that the text holds more than once; each counts once.
  package let repeated: Int64
  /// The lines that couldn't be read, at most a hundred of them.
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
