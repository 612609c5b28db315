internal import KmemParsers

/// The events of one trace by tracefs: which there are on this kernel, and what is filtered.
///
/// An object is sampled by bits of its address, so that its allocation and its free are both in or both
/// out. The filters of the kernel know no other test of an address than for bits that are all zero.
struct TracefsEvents {
  /// An event with what it's filtered by.
  struct Event {
    /// Its place below `events`.
    let path: String
    let source: AllocationEvents.Source
    /// Only events for which this holds are recorded; nil for all.
    let filter: String?

    /// Whether a stack is taken.
    var isAllocation: Bool {
      if case .allocation = source { return true }
      return false
    }
  }

  private let target: TraceTarget
  private let isCounting: Bool

  init(_ target: TraceTarget, isCounting: Bool) {
    (self.target, self.isCounting) = (target, isCounting)
  }

  /// Events that may be there, frees first: an allocation that is seen must not be freed unseen.
  ///
  /// Before 6.1 allocations on a wanted node have events of their own.
  private static let all: [(path: String, source: AllocationEvents.Source, isNeeded: Bool)] = [
    ("kmem/kfree", .free(.kmalloc), true), ("kmem/kmem_cache_free", .free(.cache), true),
    ("kmem/mm_page_free", .free(.pages), true),
    ("percpu/percpu_free_percpu", .free(.percpu), true),
    ("kmem/kmalloc", .allocation(.kmalloc), true),
    ("kmem/kmalloc_node", .allocation(.kmalloc), false),
    ("kmem/kmem_cache_alloc", .allocation(.cache), true),
    ("kmem/kmem_cache_alloc_node", .allocation(.cache), false),
    ("kmem/mm_page_alloc", .allocation(.pages), true),
    ("percpu/percpu_alloc_percpu", .allocation(.percpu), true),
  ]

  /// The events of the target, with their formats.
  ///
  /// - Throws: `TracerError` with the first event that is missing or lacks a field.
  func found(
    in instance: TracefsInstance, _ decoder: inout AllocationEvents
  ) throws(TracerError) -> [Event] {
    var events: [Event] = []
    for (path, source, isNeeded) in Self.all where isWanted(source) {
      guard let format = instance.format(path) else {
        if isNeeded { throw .noEvent(path) }
        continue
      }
      guard decoder.add(source, format) else {
        throw .unreadableFormat("events/\(path)/format")
      }
      events.append(Event(path: path, source: source, filter: filter(source, format)))
    }
    return events
  }

  /// Objects of one allocator may be freed as the other's: kfree() takes both.
  private func isWanted(_ source: AllocationEvents.Source) -> Bool {
    switch source {
    case .allocation(let kind): target.kinds.contains(kind)
    case .free(.kmalloc), .free(.cache):
      target.kinds.contains(.kmalloc) || target.kinds.contains(.cache)
    case .free(let kind): target.kinds.contains(kind)
    case .freeByRCU, .freeInBulk, .stack: true
    }
  }

  private func filter(_ source: AllocationEvents.Source, _ format: EventFormat) -> String? {
    var terms: [String] = []
    switch source {
    case .allocation(.pages):
      // Type 0 is unmovable: the kernel's own.
      terms = ["migratetype == 0"] + pageTerms
    case .free(.pages): terms = pageTerms
    case .allocation(.kmalloc): terms = ["ptr != 0"] + sizeTerms + sampleTerms(isFree: false)
    case .allocation(.cache):
      terms = ["ptr != 0"] + cacheTerms(format) + sampleTerms(isFree: false)
    // kfree(NULL) is an event too, and its address would pass for a sample.
    case .free(.kmalloc), .free(.cache): terms = ["ptr != 0"] + sampleTerms(isFree: true)
    default: break
    }
    return terms.isEmpty ? nil : terms.joined(separator: " && ")
  }

  /// Which bits make the sample depends on an object's size, which a free doesn't tell: it is recorded
  /// where any of them would do.
  private func sampleTerms(isFree: Bool) -> [String] {
    guard !isCounting, mask > 0 else { return [] }
    func isZero(_ bit: UInt64) -> String { "!(ptr & \(Self.hex(mask << bit)))" }
    if let size = target.size ?? target.cacheName?.size {
      return [isZero(SlabShare.lowestBit(ofSize: size))]
    }
    let (small, medium, large) = (SlabShare.small, SlabShare.medium, SlabShare.large)
    if isFree {
      return ["(\([small.bit, medium.bit, large.bit].map(isZero).joined(separator: " || ")))"]
    }
    let groups = [
      "(bytes_alloc <= \(small.most) && \(isZero(small.bit)))",
      "(bytes_alloc > \(small.most) && bytes_alloc <= \(medium.most) && \(isZero(medium.bit)))",
      "(bytes_alloc > \(medium.most) && \(isZero(large.bit)))",
    ]
    return ["(\(groups.joined(separator: " || ")))"]
  }

  private var sizeTerms: [String] {
    guard !isCounting, let size = target.size else { return [] }
    return ["bytes_alloc == \(size)"]
  }

  private func cacheTerms(_ format: EventFormat) -> [String] {
    guard !isCounting, let cache = target.cacheName else { return [] }
    return format.fields["name"] == nil
      ? ["bytes_alloc == \(cache.size)"] : ["name == \"\(cache.name)\""]
  }

  /// A block of pages begins at a multiple of its length: bits below are no sample of it.
  private var pageTerms: [String] {
    guard !isCounting, mask > 0 else { return [] }
    let orders = (0...4).map { "(order == \($0) && !(pfn & \(Self.hex(mask << UInt64($0)))))" }
    let larger = "(order > 4 && !(pfn & \(Self.hex(mask << 9))))"
    return ["(\((orders + [larger]).joined(separator: " || ")))"]
  }

  private var mask: UInt64 { UInt64(clamping: max(1, target.sampling) - 1) }

  private static func hex(_ number: UInt64) -> String { "0x\(String(number, radix: 16))" }
}
