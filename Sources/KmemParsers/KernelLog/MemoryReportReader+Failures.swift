extension MemoryReport {
  /// Whose request failed, where it wasn't the page allocator's own.
  package enum Failure: Hashable, Sendable {
    /// An area of vmalloc of so many bytes (`mm/vmalloc.c`).
    case vmalloc(bytes: UInt64)
    /// Pages of an area of vmalloc whose size isn't printed; so many bytes of it had come. Of an order
    /// above 0 huge pages were asked for, and single ones are tried next (5.13 to 6.3).
    case vmallocPages(got: UInt64, order: Int)
    /// So many pages of a CMA in one piece (`mm/cma.c`); the area's name, printed since 5.12, and whether
    /// pages in it couldn't be moved (`-EBUSY`), instead of no room.
    case cma(area: String?, pages: UInt64, isBusy: Bool)
    /// A slab of a cache (`slab_out_of_memory()` in `mm/slub.c`); its name, where that isn't cut.
    case slab(cache: String?)
  }
}

/// Lines of those who ask the page allocator for others, and say so in words of their own.
extension MemoryReportReader {
  /// Takes a line of one of them; false for any other.
  mutating func takeAsker(_ text: Span<UInt8>) -> Bool {
    takeVmalloc(text) || takeCMA(text) || takeSlabWarning(text)
  }

  /// `vmalloc: allocation failure: 4198400 bytes`, up to 4.9 before `page allocation failure: order:0`,
  /// since then with the mask; `…, allocated 4096 of 8192 bytes` where some pages came;
  /// `java: vmalloc size 8192 allocation failure: …` (5.13), `java: vmalloc error: size 8192, …` (5.15),
  /// where the size is what had come if pages failed, and else what was asked for.
  private mutating func takeVmalloc(_ text: Span<UInt8>) -> Bool {
    if number - (current?.line ?? 0) < 3, case .vmalloc(let bytes)? = current?.failure,
      text.starts(with: "page order ") || text.starts(with: "failed to allocate pages")
    {
      // A mail program broke the line behind the size.
      current?.failure = .vmallocPages(got: bytes, order: text.orderOfVmalloc)
      return true
    }
    guard let failure = text.failureOfVmalloc else { return false }
    enter(failure)
    if text.offset(of: "mode:") != nil { readRequest(text) }
    if let name = text.offset(of: ": vmalloc"), name > 0, name < 24 {
      current?.command = text.extracting(0..<name).text
    }
    return true
  }

  /// `cma: cma_alloc: linux,cma: alloc failed, req-size: 1024 pages, ret: -12`.
  private mutating func takeCMA(_ text: Span<UInt8>) -> Bool {
    guard let start = text.offset(of: "cma_alloc: "),
      let word = text.offset(of: "alloc failed, req-size: ", from: start),
      let pages = text.number(behind: "req-size: ")
    else { return false }
    let area = word > start + 13 ? text.extracting((start + 11)..<(word - 2)).text : nil
    enter(.cma(area: area, pages: pages, isBusy: text.offset(of: "ret: -16") != nil))
    return true
  }

  /// `SLUB: Unable to allocate memory on node -1 (gfp=0x20)`, `…, gfp=0x900(GFP_NOWAIT|__GFP_ZERO)`,
  /// and below it `cache: kmalloc-192, object size: 192, …`.
  private mutating func takeSlabWarning(_ text: Span<UInt8>) -> Bool {
    if case .slab(nil)? = current?.failure, text.starts(with: "cache: ") {
      let end = text.offset(of: ", object size: ") ?? text.count
      current?.failure = .slab(cache: text.extracting(7..<end).text)
      return true
    }
    guard
      text.starts(with: "SLUB: Unable to allocate memory on ")
        || text.starts(with: "SLAB: Unable to allocate memory on ")
    else { return false }
    // Numbers of which the beginning is cut may be another's.
    if current?.trigger == nil, current?.memory.isPrinted == true { return true }
    if current?.trigger != .allocationFailure || current?.failure == nil {
      guard current?.trigger != .allocationFailure else { return true }
      enter(.slab(cache: nil))
    }
    if let mask = text.value(of: "gfp="), case .slab? = current?.failure {
      readRequest(mask: mask)
    }
    return true
  }

  /// Notes whose request failed, once.
  ///
  /// The report at hand has it where its numbers are still to come, else one that begins.
  private mutating func enter(_ failure: MemoryReport.Failure) {
    guard current?.trigger != .outOfMemory || current?.kills.isEmpty == false else { return }
    let isOpen = current?.trigger == .allocationFailure && current?.memory.isPrinted == false
    if !isOpen { begin(.allocationFailure) }
    if current?.failure == nil { current?.failure = failure }
  }

  /// Whether the report at hand has begun with such a line, to which the page allocator's belongs.
  var awaitsRequest: Bool {
    current?.failure != nil && current?.memory.isPrinted == false
      && current?.request.order == nil && number - (current?.line ?? 0) < 8
  }
}

extension Span<UInt8> {
  /// What vmalloc couldn't give.
  fileprivate var failureOfVmalloc: MemoryReport.Failure? {
    guard let bytes = sizeOfVmalloc else { return nil }
    guard
      offset(of: "failed to allocate pages") != nil || offset(of: "failed to map pages") != nil
        || offset(of: "failure: page order ") != nil
    else { return .vmalloc(bytes: bytes) }
    return .vmallocPages(got: bytes, order: orderOfVmalloc)
  }

  /// The order of the pages that vmalloc tried; 0 where none is printed.
  fileprivate var orderOfVmalloc: Int {
    number(behind: "page order ").flatMap { Int(exactly: $0) } ?? 0
  }

  /// The size in bytes that a line of vmalloc prints.
  ///
  /// Where no range of addresses is free the line stands alone: `vmap allocation for size 8192 failed:
  /// use vmalloc=<size> to increase size`, `vmalloc_node_range for size 8192 failed: …` (6.10).
  fileprivate var sizeOfVmalloc: UInt64? {
    guard offset(of: "vma") != nil else { return nil }
    if let place = offset(of: "vmalloc: allocation failure, allocated ") {
      return extracting(place..<count).number(behind: " of ")
    }
    if offset(of: " allocation failure: ") != nil, let bytes = number(behind: "vmalloc size ") {
      return bytes
    }
    return number(behind: "vmalloc: allocation failure: ")
      ?? number(behind: "vmalloc error: size ")
      ?? number(behind: "vmap allocation for size ")
      ?? number(behind: "vmalloc_node_range for size ")
  }

  /// The number behind some words.
  fileprivate func number(behind words: StaticString) -> UInt64? {
    guard let place = offset(of: words) else { return nil }
    let start = place + words.utf8CodeUnitCount
    var end = start
    while end < count, Ascii.isDigit(self[end]) { end += 1 }
    return extracting(start..<end).decimal
  }
}
