package import KmemParsers
package import KmemSnapshot

/// The moment of one report in a kernel log: who held memory, and why a request could not be met.
package struct Shortage: Sendable {
  /// What the kernel printed.
  package let report: MemoryReport
  /// The moment.
  package let moment: Moment
  /// Every byte in one class; nothing where the report can't tell.
  package let books: Books?
  /// All memory that the kernel manages, in bytes; nothing where the report doesn't tell.
  package let total: Int64?
  /// The zones, in the log's order.
  package let zones: [ZoneHealth]
  /// What stands out, by the rules for all moments.
  package let findings: [Finding]
  /// Who held memory, the largest first.
  package let holders: [Holder]
  /// Swap: all of it and what was free; nothing where the report doesn't tell.
  package let swap: (total: Int64, free: Int64)?
  /// Why memory was short.
  package let verdict: ShortageVerdict

  /// Some class of memory, or programs and files together on kernels that count them in one.
  package struct Holder: Hashable, Sendable {
    /// The class.
    package let memoryClass: MemoryClass
    /// Bytes held.
    package let bytes: Int64
    /// The part of all memory, from 0 to 1; nothing where that isn't known.
    package let part: Double?
    /// Whether the pages of files are counted with it: on the lists of kernels before 2.6.28.
    package var countsFiles = false
    /// Whether slab is counted with it: kernels before 2.6.5 or so don't print that.
    package var countsSlab = false
    /// Why most of its pages of files can't be given back; nothing where they can.
    package var tie: Tie?

    /// What ties pages of files to memory.
    package enum Tie: Hashable, Sendable {
      /// A program locked them (mlock).
      case locked
      /// They lie on no disk: files of rootfs and ramfs, as an initramfs that was unpacked at boot.
      case diskless
    }
  }

  /// Judges the moment of a report.
  package init(_ report: MemoryReport, origin: String) {
    self.init(Snapshot(report, origin: origin), report)
  }

  private init(_ snapshot: Snapshot, _ report: MemoryReport) {
    let model = MemoryModel(snapshot)
    let zones = ZoneHealth.all(snapshot)
    self.report = report
    moment = Moment(snapshot)
    books = model.books
    let printed = Int64(pages: report.totalPages, of: model.pageSize)
    // Who held more than all memory shows that lines of zones are missing, or those of two reports mixed.
    let most = Holder.all(model, report, total: nil).first?.bytes ?? 0
    total = printed.flatMap { $0 < most ? nil : $0 }
    self.zones = zones
    findings = FindingRules(model: model, zones: zones, pressure: nil).findings
    holders = Holder.all(model, report, total: total)
    let meminfo = snapshot.meminfo.value
    let free = meminfo?[.swapFree]?.bytes
    swap = meminfo?[.swapTotal]?.bytes.flatMap { total in free.map { (total, $0) } }
    let fit = RequestFit(report, pageSize: model.pageSize)
    verdict = ShortageVerdict(
      report, holders: holders, fit: fit, total: total, pageSize: model.pageSize)
  }
}

extension Shortage {
  /// Whether the log doesn't tell who held memory.
  package var isUnknown: Bool {
    switch verdict.cause {
    case .unknown, .kernelZones: true
    case .cache, .met: report.trigger == nil
    default: false
    }
  }

  /// Whether somebody was short of memory.
  package var isAlarm: Bool {
    if case .asked = verdict.cause { return false }
    return report.trigger != .askedToShow
  }
}

extension Shortage.Holder {
  /// The classes that hold something, the largest first; free memory is nobody's.
  static func all(_ model: MemoryModel, _ report: MemoryReport, total: Int64?) -> [Self] {
    func holder(_ memoryClass: MemoryClass, _ bytes: Int64) -> Self {
      Self(
        memoryClass: memoryClass, bytes: bytes,
        part: total.flatMap { $0 > 0 ? Double(bytes) / Double($0) : nil })
    }
    var holders = model.classes.compactMap { line -> Self? in
      guard line.memoryClass.side != .free, let bytes = line.bytes, bytes > 0 else { return nil }
      var found = holder(line.memoryClass, bytes)
      if line.memoryClass == .pageCache { found.tie = tie(of: bytes, report, model.pageSize) }
      return found
    }
    // A report that is cut may list caches without the sum of them.
    if !holders.contains(where: { $0.memoryClass == .slabUnreclaimable }), !report.slabs.isEmpty {
      holders.append(
        holder(.slabUnreclaimable, report.slabs.sum { Int64(clamping: $0.total) }))
    }
    if let lists = wholeLists(report, model.pageSize) {
      var programs = holder(.anonymous, lists)
      programs.countsFiles = true
      holders.append(programs)
      if let total, let rest = rest(report, total, lists: lists, model.pageSize) {
        var own = holder(.unaccounted, rest)
        own.countsSlab = true
        holders.append(own)
      }
    }
    return holders.enumerated()
      .sorted { ($1.element.bytes, $0.offset) < ($0.element.bytes, $1.offset) }
      .map(\.element)
  }

  /// What ties half of those bytes of files or more to memory.
  ///
  /// They are on the list of what can't be evicted (2.6.28), and not half of them on the lists of files.
  /// Where lines are missing, the zones that are there tell it.
  private static func tie(of bytes: Int64, _ report: MemoryReport, _ pageSize: Int64) -> Tie? {
    let lists = ["unevictable", "active_file", "inactive_file"].map { name -> Int64? in
      let pages = report.counter(name).flatMap { Int64(pages: $0, of: pageSize) }
      return pages ?? inZones(name, report)
    }
    guard let kept = lists[0], let active = lists[1], let inactive = lists[2], kept >= bytes / 2,
      active.plus(inactive) < bytes / 2
    else { return nil }
    return inZones("mlocked", report) ?? 0 >= bytes / 2 ? .locked : .diskless
  }

  /// What the zones that are told have of that name, in bytes; nothing where none tells it.
  private static func inZones(_ name: String, _ report: MemoryReport) -> Int64? {
    let amounts = report.memory.zones.compactMap { $0.amounts[name] }
    guard !amounts.isEmpty else { return nil }
    return amounts.sum { Int64(clamping: $0).timesClamped(1024) }
  }

  /// What is neither free nor on those lists, in bytes, where the kernel prints no counter of slab.
  private static func rest(
    _ report: MemoryReport, _ total: Int64, lists: Int64, _ pageSize: Int64
  ) -> Int64? {
    guard report.counter("slab") == nil, let free = report.counter("free"),
      let bytes = Int64(pages: free, of: pageSize)
    else { return nil }
    let rest = total.minus(lists).minus(bytes)
    return rest > 0 ? rest : nil
  }

  /// The LRU lists of kernels before 2.6.28, in bytes.
  private static func wholeLists(_ report: MemoryReport, _ pageSize: Int64) -> Int64? {
    guard let active = report.counter("active"),
      let inactive = report.counter("inactive")
    else { return nil }
    return Int64(pages: active.plus(inactive), of: pageSize)
  }
}
