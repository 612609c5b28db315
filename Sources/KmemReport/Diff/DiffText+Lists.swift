import KmemAnalysis

extension DiffText {
  mutating func writeCaches() {
    if let missing = growth.caches.missing {
      page.heading("Slab caches")
      let remedy = missing.isDenied ? " (it needs root)" : ""
      return page.sentence("unknown: slabinfo is \(missing.words)\(remedy)", .warning)
    }
    let caches = growth.caches.elements
    let threshold: Int64 = isVerbose ? 1 : 4 << 10
    // Caches of debugging are a class of their own and are never ranked beside suspects.
    let changed = caches.filter {
      $0.growth.magnitude >= threshold && (isVerbose || $0.side != .debugging)
    }
    guard !changed.isEmpty else { return }
    let shown = isVerbose ? changed : worst(changed)
    page.heading("Slab caches", note: "\(Amount.signed(caches.sum(\.growth))) in all")
    page.figure(
      BarFigure.growth("Growth by slab cache", changed.map { ($0.name, $0.growth, $0.side) }))
    var table = Table([
      .number(""), .number("objects"), .text("cache", shrinks: true), .prose(""),
    ])
    for cache in shown {
      table.add(
        Table.Cell(Amount.signed(cache.growth)), Table.Cell(objects(cache)),
        Table.Cell(cache.name), Table.Cell(note(cache), .faint))
    }
    page.add(table)
    foldRest(caches, shown: shown, threshold)
  }

  /// The ten caches that grew most and the three that shrank most.
  private func worst(_ changed: [CacheChange]) -> [CacheChange] {
    let grown = changed.filter { $0.growth > 0 }.prefix(10)
    let shrunk = changed.filter { $0.growth < 0 }.suffix(3)
    return Array(grown + shrunk)
  }

  private mutating func foldRest(
    _ caches: [CacheChange], shown: [CacheChange], _ threshold: Int64
  ) {
    let names = Set(shown.map(\.name))
    let rest = caches.filter {
      !names.contains($0.name) && $0.growth != 0 && $0.side != .debugging
    }
    guard !rest.isEmpty else { return }
    let most = rest.map(\.growth.magnitude).max() ?? 0
    page.sentence(
      "+ \(rest.count) cache\(rest.count == 1 ? "" : "s") that changed by at most \(Amount.short(Int64(clamping: most))) each "
        + "(-v shows them)", .faint)
  }

  private func objects(_ cache: CacheChange) -> String {
    Amount.signedCount(cache.objects.growthIfAbsentIsZero)
  }

  private func note(_ cache: CacheChange) -> String {
    let words = CacheWords.note(cache.meaning, aliases: cache.aliases)
    guard cache.side == .cache else { return words }
    return words.isEmpty ? "reclaimable" : "reclaimable: \(words)"
  }
}

extension DiffText {
  mutating func writeLists() {
    writeCallers()
    writeTags()
    writeModules()
    writeProcesses()
    writeListed()
    writeCounts()
    guard isVerbose, case .listed(let zones) = growth.zones else { return }
    page.heading("Free memory by zone")
    var table = Table([.number(""), .text("")])
    for zone in zones {
      table.add(Table.Cell(Amount.signed(zone.bytes.growthIfAbsentIsZero)), Table.Cell(zone.name))
    }
    page.add(table)
  }

  private mutating func writeCallers() {
    guard case .listed(let callers) = growth.vmallocCallers else { return }
    let changed = callers.filter { $0.bytes.growthIfAbsentIsZero != 0 }
    guard !changed.isEmpty else { return }
    page.heading("vmalloc callers")
    page.figure(
      BarFigure.growth(
        "Growth by caller of vmalloc",
        changed.map { ($0.name.title, $0.bytes.growthIfAbsentIsZero) }))
    var table = Table([.number(""), .number("areas"), .text("", shrinks: true), .prose("")])
    for caller in changed.prefix(isVerbose ? .max : 5) {
      table.add(
        Table.Cell(Amount.signed(caller.bytes.growthIfAbsentIsZero)),
        Table.Cell(Amount.signedCount(caller.count.growthIfAbsentIsZero)),
        Table.Cell(caller.name.title),
        Table.Cell(caller.name.isPercpu ? "per-CPU memory" : "", .faint))
    }
    page.add(table)
  }

  private mutating func writeTags() {
    guard case .listed(let tags) = growth.allocationSites else { return }
    // Pages behind slab objects are counted by the objects' lines, those of programs by their
    // classes.
    let changed = tags.filter {
      $0.bytes.growthIfAbsentIsZero >= (isVerbose ? 1 : 4 << 10)
        && (isVerbose || $0.name.role == .owner)
    }
    guard !changed.isEmpty else { return }
    page.heading("Lines of source", note: "allocinfo, exact")
    page.figure(
      BarFigure.growth(
        "Growth by line of source",
        changed.map { (TagWords.words($0.name), $0.bytes.growthIfAbsentIsZero) }))
    var table = Table([.number(""), .number("calls"), .text("", shrinks: true)])
    for tag in changed.prefix(isVerbose ? 50 : 8) {
      table.add(
        Table.Cell(Amount.signed(tag.bytes.growthIfAbsentIsZero)),
        Table.Cell(Amount.signedCount(tag.count.growthIfAbsentIsZero)),
        Table.Cell(TagWords.words(tag.name)))
    }
    page.add(table)
  }

  private mutating func writeModules() {
    guard !growth.modules.elements.isEmpty else { return }
    page.heading("Modules")
    var table = Table([.text(""), .text("", shrinks: true), .number(""), .text("")])
    for module in growth.modules.elements {
      table.add(
        Table.Cell(module.kind.rawValue), Table.Cell(module.name),
        Table.Cell(module.size.after.map(Amount.short) ?? ""),
        Table.Cell(module.isOutOfTree ? "out of tree" : "", .warning))
    }
    page.add(table)
  }

  /// Writes what user space made the kernel hold meanwhile, as it explains growth of caches.
  private mutating func writeCounts() {
    guard !growth.counts.isEmpty else { return }
    page.heading("Counts", note: "what programs and caches make the kernel hold")
    var table = Table([.number(""), .text(""), .number(""), .text("", shrinks: true)])
    for count in growth.counts {
      table.add(
        Table.Cell(Amount.signedCount(count.count.growthIfAbsentIsZero)),
        Table.Cell(count.things.title),
        Table.Cell("now \(Amount.count(count.count.after ?? 0))", .faint),
        Table.Cell(count.things.origin, .faint))
    }
    page.add(table)
  }
}
