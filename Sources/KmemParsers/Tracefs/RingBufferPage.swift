/// A page of the kernel's trace buffer, as `per_cpu/cpu*/trace_pipe_raw` hands it out.
///
/// Laid out by `include/linux/ring_buffer.h` and `kernel/trace/ring_buffer.c`: a time, a number of bytes
/// with marks for lost events, and records of a header of four bytes each, in the byte order of the
/// machine. `events/header_page` tells where these are.
package struct RingBufferPage: Sendable {
  /// Where a page has its parts.
  package struct Layout: Hashable, Sendable {
    fileprivate let timestamp: Int
    fileprivate let commit: Int
    fileprivate let commitSize: Int
    fileprivate let data: Int
    /// The length of a page in bytes.
    package let size: Int

    /// The layout that `header_page` tells; nil where it tells none.
    package init?(_ header: EventFormat) {
      guard let timestamp = header.fields["timestamp"], let commit = header.fields["commit"],
        let data = header.fields["data"], timestamp.size == 8, [4, 8].contains(commit.size)
      else { return nil }
      self.timestamp = timestamp.offset
      self.commit = commit.offset
      commitSize = commit.size
      self.data = data.offset
      size = data.offset + data.size
    }
  }

  /// What a page came to.
  package struct Outcome: Hashable, Sendable {
    /// Records that were handed on.
    package var records = 0
    /// Events that the kernel dropped before this page; where it doesn't say how many, one.
    package var lost: Int64 = 0
    /// Whether a record's length doesn't fit the page: what follows it is unknown.
    package var isDamaged = false
  }

  /// Marks in the number of bytes: `RB_MISSED_EVENTS` and `RB_MISSED_STORED` (kernel/trace/ring_buffer.c).
  private static let (missed, stored): (UInt64, UInt64) = (1 << 31, 1 << 30)

  /// Hands over each record of a page: its time by the buffer's clock, and where its bytes are.
  package static func read(
    _ page: Span<UInt8>, _ layout: Layout, _ record: (UInt64, Range<Int>) -> Void
  ) -> Outcome {
    var outcome = Outcome()
    guard page.count >= layout.data, let start = page.number(at: layout.timestamp, size: 8),
      let commit = page.number(at: layout.commit, size: layout.commitSize)
    else {
      outcome.isDamaged = true
      return outcome
    }
    let length = Int(commit & 0xfffff)
    guard length <= page.count - layout.data else {
      outcome.isDamaged = true
      return outcome
    }
    let end = layout.data + length
    if commit & missed != 0 {
      let count = commit & stored != 0 ? page.number(at: end, size: layout.commitSize) : nil
      outcome.lost = max(1, Int64(clamping: count ?? 1))
    }
    readRecords(page, layout.data..<end, start, &outcome, record)
    return outcome
  }

  private static func readRecords(
    _ page: Span<UInt8>, _ range: Range<Int>, _ start: UInt64, _ outcome: inout Outcome,
    _ record: (UInt64, Range<Int>) -> Void
  ) {
    var (offset, time) = (range.lowerBound, start)
    while offset < range.upperBound {
      guard let header = RecordHeader(page, at: offset, end: range.upperBound) else {
        outcome.isDamaged = true
        return
      }
      switch header.kind {
      case .end: return
      case .skipped: break
      case .extend(let delta): time &+= delta
      case .absolute(let stamp): time = (time & ~RecordHeader.stampBits) | stamp
      case .data(let bytes):
        time &+= header.delta
        outcome.records += 1
        record(time, bytes)
      }
      if case .skipped = header.kind { time &+= header.delta }
      offset = header.next
    }
  }
}

/// The four bytes before a record, and what they say of it.
private struct RecordHeader {
  enum Kind {
    /// Nothing follows on this page.
    case end
    /// A record that was discarded.
    case skipped
    /// More time than a header's delta can hold.
    case extend(UInt64)
    /// The time itself, of which the highest bits are those of before.
    case absolute(UInt64)
    case data(Range<Int>)
  }

  let kind: Kind
  let delta: UInt64
  /// Where the next header is.
  let next: Int

  /// The bits that a stamp has (`TS_MSB` of kernel/trace/ring_buffer.c are the rest).
  static let stampBits: UInt64 = (1 << 59) - 1

  /// Reads a header; nil if what it announces isn't within the page.
  init?(_ page: Span<UInt8>, at offset: Int, end: Int) {
    guard let word = page.number(at: offset, size: 4), offset + 4 <= end else { return nil }
    // A C bit field: the length's five bits come first, by the byte order.
    let isLittle = UInt32(1).littleEndian == 1
    let type = isLittle ? word & 31 : word >> 27
    delta = isLittle ? word >> 5 : word & 0x7ff_ffff
    let first = page.number(at: offset + 4, size: 4)
    let body = offset + 4
    switch type {
    case 29:
      if delta == 0 {
        (kind, next) = (.end, end)
        return
      }
      guard let first, first >= 4 else { return nil }
      (kind, next) = (.skipped, body + Int(first))
    case 30, 31:
      guard let first else { return nil }
      let value = (first << 27) | delta
      (kind, next) = (type == 30 ? .extend(value) : .absolute(value & Self.stampBits), body + 4)
    case 0:
      guard let first, first > 4, first <= 1 << 20 else { return nil }
      (kind, next) = (.data((body + 4)..<(body + Int(first))), body + Int(first))
    default:
      (kind, next) = (.data(body..<(body + Int(type) * 4)), body + Int(type) * 4)
    }
    guard next <= end, next > offset else { return nil }
  }
}

extension Span<UInt8> {
  /// A number in the machine's byte order; nil where it would go beyond the end.
  package func number(at offset: Int, size: Int) -> UInt64? {
    guard offset >= 0, size >= 0, offset <= count, size <= count - offset else { return nil }
    switch size {
    case 1: return UInt64(self[offset])
    case 2: return unsafe UInt64(bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
    case 4: return unsafe UInt64(bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    case 8: return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    default: return nil
    }
  }
}
