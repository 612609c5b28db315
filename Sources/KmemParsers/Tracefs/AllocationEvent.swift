/// What one record of the trace buffer tells of the kernel's allocators.
package enum AllocationEvent: Hashable, Sendable {
  /// Memory that was handed out.
  package struct Allocation: Hashable, Sendable {
    /// The allocator.
    package let kind: TraceRecord.Kind
    /// The address; for pages the number of the first.
    package let address: UInt64
    /// Bytes that it takes; for pages their order.
    package let size: UInt64
    /// The return address in the function that asked; 0 where the event has none.
    package let caller: UInt64
    /// The slab cache's name; nil for others, and where the event has none (6.1 to 6.12).
    package let cache: String?
  }

  case allocated(Allocation, thread: Int32)
  /// Memory that was given back; the slab cache's name where the event has one.
  case freed(TraceRecord.Kind, address: UInt64, cache: String?)
  /// Objects that are freed later without an event: by kfree_rcu(), or in bulk.
  case handedOver([UInt64])
  /// The stack of an allocation before it, the innermost frame first.
  case stack([UInt64], thread: Int32)
}

/// Reads records of the trace buffer by the formats of this kernel's events.
package struct AllocationEvents: Sendable {
  /// An event that is followed.
  package enum Source: Hashable, Sendable {
    case allocation(TraceRecord.Kind)
    case free(TraceRecord.Kind)
    /// A probe of kvfree_call_rcu, with its arguments as `first` and `second`.
    case freeByRCU
    /// A probe of kmem_cache_free_bulk, with `number` and the objects as `object0`, `object1`, ….
    case freeInBulk
    case stack
  }

  /// The objects of a bulk that a probe fetches.
  package static let bulk = 32

  private var formats: [Int: (source: Source, format: EventFormat)] = [:]
  private let processors: UInt64

  /// Without events, for a machine that may have so many processors.
  package init(processors: Int = 1) { self.processors = UInt64(clamping: max(1, processors)) }

  /// Follows an event; false if its format lacks a field without which it tells nothing.
  package mutating func add(_ source: Source, _ format: EventFormat) -> Bool {
    guard let id = format.id,
      source.fields.allSatisfy({ names in
        names.first { format.fields[$0] != nil }.flatMap { format.fields[$0] }.map {
          [4, 8].contains($0.size) || source == .stack
        } ?? false
      })
    else { return false }
    formats[id] = (source, format)
    return true
  }

  /// What a record tells; nil for events that aren't followed, and for records that are too short.
  package func event(_ page: Span<UInt8>, _ range: Range<Int>) -> AllocationEvent? {
    guard range.upperBound <= page.count, range.lowerBound >= 0 else { return nil }
    let record = page.extracting(range)
    guard let id = record.number(at: 0, size: 2), let (source, format) = formats[Int(id)] else {
      return nil
    }
    let fields = RecordFields(format)
    switch source {
    case .allocation(let kind): return allocation(kind, fields, record)
    case .free(let kind):
      return fields.number(kind.addressField, record).map {
        .freed(kind, address: $0, cache: fields.text("name", record))
      }
    case .freeByRCU: return freeByRCU(fields, record)
    case .freeInBulk: return freeInBulk(fields, record)
    case .stack: return stack(fields, record)
    }
  }

  private func allocation(
    _ kind: TraceRecord.Kind, _ fields: RecordFields, _ record: Span<UInt8>
  ) -> AllocationEvent? {
    guard let address = fields.number(kind.addressField, record),
      let size = size(kind, fields, record)
    else { return nil }
    return .allocated(
      AllocationEvent.Allocation(
        kind: kind, address: address, size: size,
        caller: fields.number("call_site", record) ?? 0,
        cache: kind == .cache ? fields.text("name", record) : nil),
      thread: fields.thread(record))
  }

  /// Per-CPU memory takes as much for each processor; before 5.19 the event has that length alone.
  private func size(
    _ kind: TraceRecord.Kind, _ fields: RecordFields, _ record: Span<UInt8>
  ) -> UInt64? {
    guard let name = kind.sizeFields.first(where: { fields.format.fields[$0] != nil }),
      let size = fields.number(name, record)
    else { return nil }
    return kind == .percpu && name == "size"
      ? size.multipliedReportingOverflow(by: processors).partialValue : size
  }

  /// Before 6.2 the second argument is the distance of the head from the object, which is below 4096.
  private func freeByRCU(_ fields: RecordFields, _ record: Span<UInt8>) -> AllocationEvent? {
    guard let head = fields.number("first", record), let second = fields.number("second", record)
    else { return nil }
    return .handedOver([second < 4096 ? head &- second : second])
  }

  private func freeInBulk(_ fields: RecordFields, _ record: Span<UInt8>) -> AllocationEvent? {
    guard let number = fields.number("number", record) else { return nil }
    let count = Int(min(number, UInt64(Self.bulk)))
    return .handedOver((0..<count).compactMap { fields.number("object\($0)", record) })
  }

  private func stack(_ fields: RecordFields, _ record: Span<UInt8>) -> AllocationEvent? {
    guard let first = fields.format.fields["caller"]?.offset else { return nil }
    let room = max(0, record.count - first) / 8
    let count = min(room, Int(clamping: fields.number("size", record) ?? UInt64(room)))
    let frames = (0..<count).compactMap { record.number(at: first + $0 * 8, size: 8) }
    return .stack(frames.filter { $0 != 0 && $0 != .max }, thread: fields.thread(record))
  }
}

extension AllocationEvents.Source {
  /// The fields that are needed, of each of which one of several names.
  fileprivate var fields: [[String]] {
    switch self {
    case .allocation(let kind): [[kind.addressField], kind.sizeFields]
    case .free(let kind): [[kind.addressField]]
    case .freeByRCU: [["first"], ["second"]]
    case .freeInBulk: [["number"], ["object0"]]
    case .stack: [["caller"]]
    }
  }
}

extension TraceRecord.Kind {
  /// The field that tells which memory it is.
  fileprivate var addressField: String { self == .pages ? "pfn" : "ptr" }

  /// The fields that tell how much memory it is, the best first; `bytes_alloc` of per-CPU memory came with 5.19.
  fileprivate var sizeFields: [String] {
    switch self {
    case .pages: ["order"]
    case .percpu: ["bytes_alloc", "size"]
    case .kmalloc, .cache: ["bytes_alloc"]
    }
  }
}

/// The fields of one record.
private struct RecordFields {
  let format: EventFormat

  init(_ format: EventFormat) { self.format = format }

  func number(_ name: String, _ record: Span<UInt8>) -> UInt64? {
    format.fields[name].flatMap { record.number(at: $0.offset, size: $0.size) }
  }

  func thread(_ record: Span<UInt8>) -> Int32 {
    Int32(truncatingIfNeeded: number("common_pid", record) ?? 0)
  }

  /// The text to which a field of a place points.
  func text(_ name: String, _ record: Span<UInt8>) -> String? {
    guard let field = format.fields[name], field.isPlace,
      let place = record.number(at: field.offset, size: 4)
    else { return nil }
    let (start, length) = (Int(place & 0xffff), Int(place >> 16))
    guard start + length <= record.count, length > 0 else { return nil }
    let text = record.extracting(start..<(start + length))
    return text.extracting(0..<text.offset(ofByte: 0)).text
  }
}
