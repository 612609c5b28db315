package import KmemParsers

/// Objects that were read one after another, with what was first seen in them: their collector needs nothing
/// else of the text, and may be on another thread.
package struct LeakBatch: Sendable {
  /// The objects, each with the count of stacks that there were when it was read.
  var records: [(record: KmemleakRecord, stacks: Int)] = []
  /// The stacks behind those that earlier batches brought, by their numbers.
  var stacks: [[KmemleakFrame]] = []
  /// The names of tasks behind those that earlier batches brought.
  var comms: [String] = []
}

/// Reads the objects of a kmemleak report, which comes in pieces, and hands them on in batches.
package struct LeakTextReader: Sendable {
  private var reader = KmemleakReader()
  private var handing = Handing()

  /// A reader that has read nothing yet.
  package init() {}

  /// Reads the next piece, which may end anywhere.
  ///
  /// - Returns: whether more is wanted: nothing once the text has more distinct stacks than are kept.
  package mutating func read(_ piece: Span<UInt8>, _ receive: (LeakBatch) -> Void) -> Bool {
    for start in stride(from: 0, to: piece.count, by: 1 << 20) where wantsMore {
      let end = min(piece.count, start + 1 << 20)
      reader.read(piece.extracting(start..<end)) { record, tables in
        handing.add(record, tables, receive)
      }
    }
    return wantsMore
  }

  /// Reads the objects at the beginning of a text that are plainly kmemleak's, and whose stacks are known.
  ///
  /// - Returns: where they end, and how many lines they are; of what follows nothing was read.
  package mutating func readKnown(_ text: Span<UInt8>, _ receive: (LeakBatch) -> Void) -> (
    end: Int, lines: Int
  ) {
    reader.readKnown(text) { record, tables in
      handing.add(record, tables, receive)
    }
  }

  /// Hands on the last objects, once the text has ended.
  ///
  /// - Returns: what knows the whole text; this has read nothing then, as names, stacks and frames take half
  ///   of the memory.
  package mutating func finish(_ receive: (LeakBatch) -> Void) -> KmemleakReader {
    reader.finish { handing.add($0, $1, receive) }
    handing.finish(receive)
    defer { self = LeakTextReader() }
    return reader
  }

  private var wantsMore: Bool { reader.tables.stackCount <= LeakTextFacts.stackLimit }
}

/// The batch that is handed on next.
private struct Handing: Sendable {
  private var batch = LeakBatch()
  /// How many stacks and names are in this batch and those before it.
  private var known = (stacks: 0, comms: 0)

  /// Some 45 KB: the allocator keeps as much for the next batch, and the kernel needn't clear it again.
  private static let enough = 256

  /// Adds an object, and hands the batch on once it's full.
  mutating func add(
    _ record: KmemleakRecord, _ tables: KmemleakTables, _ receive: (LeakBatch) -> Void
  ) {
    while known.stacks < tables.stackCount {
      batch.stacks.append(tables.stack(known.stacks))
      known.stacks += 1
    }
    while known.comms < tables.commCount {
      batch.comms.append(tables.comm(known.comms))
      known.comms += 1
    }
    batch.records.append((record, tables.stackCount))
    guard batch.records.count == Self.enough else { return }
    finish(receive)
    batch.records.reserveCapacity(Self.enough)
  }

  /// Hands on the batch, whatever is in it.
  mutating func finish(_ receive: (LeakBatch) -> Void) {
    var full = LeakBatch()
    swap(&full, &batch)
    receive(full)
  }
}
