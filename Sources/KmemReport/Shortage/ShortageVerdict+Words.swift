import KmemAnalysis
import KmemParsers

extension Shortage {
  /// The sentence that an expert would have written of the report, without a full stop.
  var sentence: String {
    ([verdict.cause.words(self), besideWords, unusableWords, verdict.swapWords(self)]
      .compactMap { $0 }).joined(separator: "; ")
  }

  /// Who held much beside what is named.
  private var besideWords: String? {
    switch verdict.cause {
    case .cgroup, .unknown, .met, .asked, .madeRoom, .pageFault, .vmalloc, .vmallocEarly,
      .vmallocPages, .cmaFull, .kernelZones:
      nil
    default: verdict.beside.map { "\($0.noun) held \($0.amount)" }
    }
  }

  /// What was free where the request couldn't have it, where something else is named first.
  private var unusableWords: String? {
    switch verdict.cause {
    case .unusable, .cgroup, .asked, .madeRoom, .unknown, .fragmentation, .pageFault, .vmalloc,
      .vmallocEarly, .vmallocPages, .cmaFull, .kernelZones:
      nil
    default: verdict.unusable.map(\.words)
    }
  }
}

extension Shortage.Holder {
  /// The holder as the subject of a sentence.
  var noun: String {
    switch memoryClass {
    case .anonymous where countsFiles: "programs and cached files together"
    case .anonymous, .lruInTransit: "programs"
    case .shmem: "shared memory and files in tmpfs"
    case .pageCache where tie == .locked: "files that programs locked in memory (mlock)"
    case .pageCache where tie == .diskless:
      "files that lie in memory alone (rootfs or ramfs, as an initramfs unpacked at boot)"
    case .pageCache: "cached files"
    case .slabUnreclaimable: "unreclaimable slab"
    case .slabReclaimable: "reclaimable slab"
    case .unaccounted where countsSlab:
      "memory that is neither free nor on the lists of programs and files"
    case .unaccounted: "memory that no counter of the report shows"
    default: memoryClass.title
    }
  }

  /// `3.0 GiB (76 %)`.
  var amount: String {
    Amount.short(bytes) + (part.map { " (\(Amount.percent($0)) of memory)" } ?? "")
  }
}

extension ShortageVerdict.Cause {
  /// Why memory was short, as words.
  func words(_ shortage: Shortage) -> String {
    switch self {
    case .cgroup(let group): group.words(shortage)
    case .userSpace(let holder): Self.user(holder, shortage)
    case .kernel(let holder, let cache, let site): Self.kernel(holder, cache, site, shortage)
    case .debugging(let holder, let cache):
      Self.debugging(holder, cache, shortage)
    case .cache(let holder, _) where shortage.report.trigger == nil:
      "unknown: the log lacks why the report was printed; most was held by \(holder.noun), "
        + holder.amount
    case .cache(let holder, let dirty):
      "\(holder.noun) held \(holder.amount) and could not be given back"
        + (dirty.map {
          ": \($0 > 0 ? Amount.short($0) : "none") of it waited to be written"
        } ?? "")
    case .fragmentation(let order, let free, let reclaimable, let left, let isListed):
      "fragmentation: \(Amount.short(free)) was free"
        + (reclaimable > 0 ? " and \(Amount.short(reclaimable)) could be given back" : "")
        + (left > 0 ? ", but only \(Amount.short(left)) in blocks" : ", but no block")
        + " of order \(order) (\(Amount.short(shortage.bytes(ofOrder: order))) in one piece)"
        + (isListed ? "" : ", as far as the log tells: its lists of free blocks are not whole")
    case .unusable(let unusable): unusable.words + ShortageVerdict.rest(unusable)
    case .asked(let holder):
      "somebody asked for it (SysRq)"
        + (holder.map { "; \($0.noun) held most, \($0.amount)" } ?? "")
    case .madeRoom(let reason):
      (shortage.report.killer?.name ?? "a killer") + " made room before memory ran out"
        + (shortage.report.ended.map { ": it ended \($0)" } ?? "")
        + (reason.map { "; its reason: \($0)" } ?? "")
    case .vmalloc(let bytes, let free, let total): Self.vmalloc(bytes, free, total)
    case .vmallocEarly(let bytes, let free):
      "\(Amount.short(bytes)) was asked of vmalloc while the kernel was still booting, before its allocators "
        + "were set up: memory did not lack, \(Amount.short(free)) was free"
    case .kernelZones(let bytes, let managed, let names): Self.zones(bytes, managed, names)
    case .vmallocPages(let got, let order):
      Self.pages(got, order > 0 ? shortage.bytes(ofOrder: order) : nil, order)
    case .cmaFull(let area, let pages, let isBusy):
      "the CMA\(area.map { " \($0)" } ?? "") had no room for \(pages) "
        + (pages == 1 ? "page" : "pages in one piece")
        + (isBusy ? ": pages in it could not be moved" : "")
    case .met(let free) where shortage.report.trigger == nil:
      "unknown: the log lacks why the report was printed; \(Amount.short(free)) was free"
    case .met(let free):
      "memory was there again when the report was printed: \(Amount.short(free)) free"
    case .pageFault(let holder):
      "unknown: a page fault failed, and what asked for memory isn't printed: the limit of a control "
        + "group on kernel memory, for one"
        + (holder.map { "; most was held by \($0.noun), \($0.amount)" } ?? "")
    case .unknown: Self.unknown(shortage)
    }
  }

  /// The slab that holds the tool's records is told whole, as the report has it.
  private static func debugging(
    _ holder: Shortage.Holder, _ cache: NamedAmount<String>?, _ shortage: Shortage
  ) -> String {
    let slab = shortage.holders.first { $0.memoryClass == .slabUnreclaimable }?.bytes ?? 0
    let whole = slab.plus(holder.memoryClass == .instrumentation ? holder.bytes : 0)
    guard let cache else { return "kernel debugging itself: its records held \(holder.amount)" }
    let part =
      shortage.total.map { " (\(Amount.percent(Double(whole) / Double($0))) of memory)" } ?? ""
    return
      "kernel debugging itself: unreclaimable slab held \(Amount.short(whole))\(part), most of it "
      + "\(cache.name) with \(Amount.short(cache.bytes)), the tool's own records and no leak"
  }

  /// Without numbers of all memory the table of tasks tells who held most of what it lists.
  private static func unknown(_ shortage: Shortage) -> String {
    "unknown: the log has no numbers of all memory"
      + (shortage.report.boundNodes.map { "; only node \($0) counted, by a cpuset or a policy" }
        ?? "")
      + shortage.scopeWords + (shortage.zoneWords ?? "")
      + (shortage.programWords(limit: 1).map {
        // A table without the counters that stand above it may lack rows as well.
        shortage.hasSmallTasks && shortage.report.memory.isPrinted
          ? "; its tasks held next to nothing, the largest \($0)"
          : "; of \(shortage.listWords), most was held by \($0)"
      } ?? "") + (shortage.slabWords ?? "")
  }

  private static func user(_ holder: Shortage.Holder, _ shortage: Shortage) -> String {
    let isTheirs = holder.memoryClass.side == .userSpace && shortage.tasksExplain(holder)
    let programs = isTheirs ? shortage.programWords() : nil
    let idle = holder.memoryClass == .hugePages ? shortage.idleHugePages : 0
    return "user space: \(holder.noun) held \(holder.amount)"
      + (programs.map { ", most of it \($0)" } ?? "")
      + (idle > 0 ? ", \(Amount.short(idle)) of it set aside and used by nobody" : "")
  }

  private static func kernel(
    _ holder: Shortage.Holder, _ cache: NamedAmount<String>?, _ site: NamedAmount<AllocationSite>?,
    _ shortage: Shortage
  ) -> String {
    var words = "the kernel: \(holder.noun) held \(holder.amount)"
    if let cache {
      let meaning = CacheMeaning(name: cache.name).map { " (\($0.objects))" } ?? ""
      words += ", \(Amount.short(cache.bytes)) of it \(cache.name)\(meaning)"
    } else if holder.memoryClass == .unaccounted {
      words += holder.countsSlab ? ": slab, " : ": "
      words += "pages that drivers, pipes or ZFS took, vmalloc, a balloon"
      if shortage.report.memory.hugePages.isEmpty { words += ", or huge pages" }
    }
    if let site {
      words +=
        "; the line that allocated most is \(TagWords.words(site.name)), \(Amount.short(site.bytes))"
    }
    return words
  }
}

extension Shortage {
  /// Which processes the log tells of.
  fileprivate var listWords: String {
    guard report.tasks.count > 0 else { return "those killed" }
    return report.tasks.isCut ? "the tasks listed before the log ends" : "the tasks listed"
  }

  /// That no limit was met, and whom the kernel picked, where its summary is all there is.
  fileprivate var scopeWords: String {
    (report.isGlobal && report.constraint == "CONSTRAINT_NONE"
      ? "; the machine as a whole was short, no limit of a control group was met" : "")
      + (report.kills.isEmpty ? report.picked.map { "; the kernel picked \($0.words)" } ?? "" : "")
  }

  /// Which cache got no page, where the log has little else: `kmalloc-1024(1793:c8ed…)` is a control
  /// group's.
  fileprivate var slabWords: String? {
    guard case .slab(let cache?) = report.failure else { return nil }
    let wait =
      GfpFlags(report.request).canWait == false ? ", and the request could not wait for one" : ""
    let limit =
      cache.hasSuffix(")") && cache.contains("(")
      ? "; the cache is a control group's, whose limit on kernel memory may be the reason" : ""
    return "; a page for slab cache \(cache.prefix { $0 != "(" }) was refused\(wait)\(limit)"
  }

  /// Bytes of huge pages that hold nothing.
  fileprivate var idleHugePages: Int64 {
    report.memory.hugePages.reduce(Int64(0)) { sum, pool in
      let (kilobytes, overflow) = Int64(clamping: pool.free)
        .multipliedReportingOverflow(by: Int64(clamping: pool.size))
      return overflow || kilobytes > 1 << 50 ? sum : sum.plus(kilobytes * 1024)
    }
  }
}

extension CgroupShortage {
  func words(_ shortage: Shortage) -> String {
    var words = "the limit of control group \(path ?? "(unnamed in the log)")"
    if let usage, let limit {
      words += ": \(Amount.short(usage)) of \(Amount.short(limit)) used"
      if let limited, limited != "memory" { words += " (\(limited))" }
    }
    if let largest { words += ", \(Amount.short(largest.bytes)) of it \(largest.name.words)" }
    // Where the use isn't printed, what the group holds most of is the least of it.
    if let largest = shortage.largestWords(of: usage ?? largest?.bytes) { words += "; \(largest)" }
    return words + "; the machine as a whole was not short"
  }
}

extension CgroupShortage.Part {
  /// What a group holds, behind an amount.
  var words: String {
    switch self {
    case .anonymous: "of programs"
    case .files: "cached files"
    case .shmem: "shared memory and files in tmpfs"
    case .kernel: "kernel memory"
    }
  }
}

extension ShortageVerdict {
  /// Swap that is used up, where programs held most.
  fileprivate func swapWords(_ shortage: Shortage) -> String? {
    // Swap takes no pages of files.
    guard case .userSpace(let holder) = cause, holder.tie == nil, let swap = shortage.swap else {
      return nil
    }
    if swap.total == 0 { return "there was no swap" }
    // Half of it left: reclaim failed, which is worth more than the size of the programs.
    if swap.free >= swap.total / 2 {
      return "although \(Amount.short(swap.free)) of swap was free: reclaim could not use it"
    }
    // A twentieth left is none: the last clusters are rarely free.
    return swap.free < swap.total / 20 ? "swap of \(Amount.short(swap.total)) was full" : nil
  }

  /// What it was left with.
  fileprivate static func rest(_ unusable: Unusable) -> String {
    unusable.left.map { ", and only \(Amount.short(max(0, $0))) was left where it could look" }
      ?? ""
  }
}

extension ShortageVerdict.Unusable {
  /// What kept memory from the request, as words.
  var words: String {
    let amount = Amount.short(bytes)
    return switch obstacle {
    case .cma: "\(amount) of free memory was CMA, which this request could not use"
    case .zones(let names) where bytes == 0:
      "the request had to be met from \(names.joined(separator: ", "))"
    case .zones(let names):
      "\(amount) was free in zones that this request could not use; it had to be met from "
        + names.joined(separator: ", ")
    case .nodes(let nodes):
      "\(amount) was free on nodes that this request could not use"
        + (nodes.map { "; it was bound to node \($0)" } ?? "")
    case .movable(let nodes):
      "\(amount) was free on node \(nodes), to which the request was bound, all of it in zone Movable, where "
        + "its pages could not lie: they can't be moved"
    case .noWait:
      "\(amount) could have been given back, but this request could not wait for it"
    case .reserve:
      "\(amount) of free memory was counted as kept for interrupts (reserved_highatomic), which this "
        + "request could not have; what was left was below the watermark"
    }
  }
}
