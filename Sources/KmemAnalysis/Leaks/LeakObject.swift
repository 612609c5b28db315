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
  /// The text at its beginning; nil if it begins otherwise.
  package let text: String?
  /// How much of its record the text holds.
  package let extent: KmemleakRecord.Extent
  /// The addresses of unreferenced objects whose first bytes point to this one, at most sixteen.
  package internal(set) var holders: [UInt64] = []
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
    text = record.dump.text
    extent = record.extent
    self.frames = frames
  }
}
