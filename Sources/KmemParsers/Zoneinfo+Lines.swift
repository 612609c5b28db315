extension Zoneinfo.Reader {
  /// A line of one field: the title of the pagesets, or the row without a name.
  mutating func readAlone(_ field: Span<UInt8>, number: Int) {
    if field.equals("pagesets") {
      section = .pagesets
    } else if field.equals("cpu:") {
      beginPageset(field, number: number)
    } else if let value = field.amount {
      add(field.extracting(0..<0), value, number: number)
    } else {
      remarks.note(line: number, "\(field.text) has no value")
    }
  }

  /// A line of a name and a number without a colon.
  mutating func readNamed(_ name: Span<UInt8>, _ value: UInt64, number: Int) {
    // Up to 4.11 nothing stands between the amounts and the counters. A name that isn't known may
    // be either, so that amounts are still looked for after it.
    if section == .pages, readPages(name, value, number: number) { return }
    add(name, value, number: number)
  }

  /// A line whose second field isn't a number: a title, `pages free`, or one with more after it.
  mutating func readWords(
    _ first: Span<UInt8>, _ second: Span<UInt8>, _ fields: inout Fields, number: Int
  ) {
    if first.equals("per-node"), second.equals("stats") {
      section = .node
    } else if first.equals("pages"), second.equals("free") {
      section = .pages
      readFree(fields.next()?.amount, number: number)
    } else if first.equals("vm"), second.equals("stats"),
      fields.next()?.equals("threshold:") == true
    {
      if isInPageset { pageset.statThreshold = fields.nextDecimal() }
    } else if first.equals("scanned"), let value = second.amount, fields.rest.starts(with: "(") {
      // Up to 2.6.2x the numbers of the active and the inactive list follow in parentheses.
      addOther(first, value, number: number)
    } else {
      remarks.note(line: number, "\(first.text) has a value that isn't one 64-bit number")
    }
  }

  /// A line whose first field ends in a colon.
  mutating func readKeyed(
    _ name: Span<UInt8>, _ value: Span<UInt8>, _ line: Span<UInt8>, number: Int
  ) {
    if name.equals("protection") { return readProtection(line, number: number) }
    if name.equals("cpu") { return beginPageset(value, number: number) }
    guard let amount = value.amount else {
      return remarks.note(line: number, "\(name.text) has a value that isn't a 64-bit number")
    }
    if section == .pagesets {
      if readPageset(name, amount) { return }
      guard endsPagesets(name, line) || !isInPageset else {
        return addToPageset(.init(name: name.text, value: amount))
      }
      section = .tail
    }
    addOther(name, amount, number: number)
  }

  private mutating func readProtection(_ line: Span<UInt8>, number: Int) {
    var protection: [UInt64] = []
    var start = (line.offset(of: ":") ?? 0) + 1
    while start < line.count {
      var end = start
      while end < line.count, line[end] != Ascii.comma, line[end] != UInt8(ascii: ")") { end += 1 }
      let isLast = end == line.count || line[end] != Ascii.comma
      var field = line.extracting(start..<end).trimmed()
      if field.starts(with: "(") { field = field.extracting(1..<field.count).trimmed() }
      guard let pages = field.amount, end < line.count else {
        remarks.note(line: number, "protection is cut or has a value that isn't a number")
        break
      }
      protection.append(pages)
      if isLast { break }
      start = end + 1
    }
    zone.protection = protection
    if section == .pages { section = .counters }
  }

  /// Reads a line under `pages free`; nothing is done where it begins the counters of the zone.
  private mutating func readPages(_ name: Span<UInt8>, _ value: UInt64, number: Int) -> Bool {
    guard name.count <= 12 else { return false }
    if name.equals("scanned") || name.equals("node_scanned") || name.equals("active")
      || name.equals("inactive")
    {
      addOther(name, value, number: number)
      return true
    }
    guard let isFirst = setPages(name, value) else { return false }
    if !isFirst { remarks.note(line: number, "\(name.text) occurs again; the first one counts") }
    return true
  }

  /// Whether the amount was set for the first time; nothing if the name is none of these.
  private mutating func setPages(_ name: Span<UInt8>, _ value: UInt64) -> Bool? {
    if name.equals("min") { return Self.set(&zone.min, value) }
    if name.equals("low") { return Self.set(&zone.low, value) }
    if name.equals("high") { return Self.set(&zone.high, value) }
    if name.equals("spanned") { return Self.set(&zone.spanned, value) }
    if name.equals("present") { return Self.set(&zone.present, value) }
    if name.equals("managed") { return Self.set(&zone.managed, value) }
    if name.equals("boost") { return Self.set(&zone.boost, value) }
    if name.equals("promo") { return Self.set(&zone.promo, value) }
    return name.equals("cma") ? Self.set(&zone.cma, value) : nil
  }

  private static func set(_ place: inout UInt64?, _ value: UInt64) -> Bool {
    defer { place = place ?? value }
    return place == nil
  }

  private mutating func readFree(_ value: UInt64?, number: Int) {
    guard let value else {
      return remarks.note(line: number, "pages free has no value that is a 64-bit number")
    }
    if !Self.set(&zone.free, value) {
      remarks.note(line: number, "pages free occurs again; the first one counts")
    }
  }

  private mutating func add(_ name: Span<UInt8>, _ value: UInt64, number: Int) {
    let isName = section == .node ? ofNode.add(name, value) : counters.add(name, value)
    if !isName { noteName(name, number: number) }
  }

  private mutating func addOther(_ name: Span<UInt8>, _ value: UInt64, number: Int) {
    if !others.add(name, value) { noteName(name, number: number) }
  }

  private mutating func noteName(_ name: Span<UInt8>, number: Int) {
    remarks.note(line: number, "no line of this file: \(name.text) is no counter's name")
  }
}
