extension Zoneinfo.Reader {
  /// Begins the lists of a processor, or the second list of the same one up to 2.6.24.
  mutating func beginPageset(_ field: Span<UInt8>, number: Int) {
    guard let processor = field.decimal.flatMap(Int.init(exactly:)) else {
      endPageset()
      return remarks.note(line: number, "cpu has a value that isn't a number")
    }
    section = .pagesets
    isCold = isInPageset && pageset.processor == processor
    guard !isCold else { return }
    endPageset()
    pageset = Zoneinfo.Pageset(processor: processor)
    isInPageset = true
  }

  mutating func endPageset() {
    if isInPageset { zone.pagesets.append(pageset) }
    isInPageset = false
    isCold = false
  }

  /// Whether the line is one of those that every processor has.
  ///
  /// Those of a processor whose own line is damaged are left out: whose they are is not known.
  mutating func readPageset(_ name: Span<UInt8>, _ value: UInt64) -> Bool {
    if name.equals("count") {
      pageset.count = isCold ? sum(pageset.count, value) : value
    } else if name.equals("high") {
      if !isCold { pageset.high = value }
    } else if name.equals("batch") {
      if !isCold { pageset.batch = value }
    } else if name.equals("high_min") {
      pageset.highMin = value
    } else if name.equals("high_max") {
      pageset.highMax = value
    } else {
      return false
    }
    return true
  }

  /// Adds what few kernels print for a processor; of the two lists, that of the hot one.
  mutating func addToPageset(_ counter: Zoneinfo.Counter) {
    // No kernel prints more than seven; without a bound, a damaged text costs quadratic time.
    guard pageset.others.count < 32 else { return }
    guard !pageset.others.contains(where: { $0.name == counter.name }) else { return }
    pageset.others.append(counter)
  }

  /// Whether the line is the zone's again: these are indented less, or have a known name.
  func endsPagesets(_ name: Span<UInt8>, _ line: Span<UInt8>) -> Bool {
    var indentation = 0
    while indentation < line.count, Ascii.isBlank(line[indentation]) { indentation += 1 }
    return (1...4).contains(indentation) || name.equals("all_unreclaimable")
      || name.equals("node_unreclaimable") || name.equals("start_pfn")
  }

  private func sum(_ first: UInt64?, _ second: UInt64) -> UInt64? {
    guard let first else { return second }
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? nil : sum
  }
}
