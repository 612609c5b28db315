import KmemParsers

/// What kind of memory an unreferenced object is.
package enum LeakKind: String, Hashable, Sendable {
  case plain, percpu, physical

  init(_ kind: KmemleakRecord.Kind) {
    switch kind {
    case .plain: self = .plain
    case .percpu: self = .percpu
    case .physical: self = .physical
    }
  }
}

/// What the first bytes of an object look like.
package enum LeakContent: String, Hashable, Sendable {
  case notPrinted = "not printed"
  case zeroed, text, pointers, mixed

  init(_ content: KmemleakDump.Content) {
    switch content {
    case .none: self = .notPrinted
    case .zeroed: self = .zeroed
    case .text: self = .text
    case .pointers: self = .pointers
    case .mixed: self = .mixed
    }
  }
}

/// One unreferenced object.
package struct LeakObject: Sendable {
  package let kind: LeakKind
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
  package let content: LeakContent
  /// Its first bytes, at most 32.
  package let bytes: [UInt8]
  package internal(set) var frames: [LeakFrame]

  init(_ record: KmemleakRecord, comm: String?, frames: [LeakFrame]) {
    kind = LeakKind(record.kind)
    address = record.address
    size = record.size
    line = record.line
    self.comm = comm
    pid = record.pid
    jiffies = record.jiffies
    age = record.age
    checksum = record.checksum
    content = LeakContent(record.dump.content)
    bytes = record.dump.bytes
    self.frames = frames
  }
}

/// What the text of a report held.
package struct LeakTextFacts: Hashable, Sendable {
  package let bytes: Int
  package let lines: Int
  /// Lines that announce an object.
  package let headers: Int
  /// Headers whose address or size can't be read: they are in no group.
  package let malformed: Int
  /// Objects of which a line is missing or can't be read.
  package let incomplete: Int
  /// Lines between those of an object that belong to something else.
  package let foreign: Int
  /// Objects that the text holds more than once; each counts once.
  package let repeated: Int64
  /// Whether it is a report, a log or empty.
  package let isRecognised: Bool
  /// Faults as sentences, the first hundred.
  package let faults: [String]

  init(_ reader: KmemleakReader, repeated: Int64) {
    let counts = reader.counts
    bytes = counts.bytes
    lines = counts.lines
    headers = counts.headers
    malformed = counts.malformed
    incomplete = counts.incomplete
    foreign = counts.foreign
    self.repeated = repeated
    isRecognised = counts.headers > 0 || counts.logLines > 0 || counts.bytes == 0
    faults = reader.remarks.map { "line \($0.line): \($0.reason)" }
  }
}
