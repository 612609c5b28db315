import KmemParsers
import KmemSnapshot

extension FindingRules {
  /// A tenth of memory that no class explains is more than the kernel's own image and maps.
  var unaccounted: Finding? {
    guard let bytes = books?[.unaccounted]?.bytes, let share = share(bytes),
      snapshot.containerMeminfo == nil
    else { return nil }
    if share < -0.01 {
      return Finding(
        severity: .note,
        sentence: "\(Amount.short(-bytes)) are counted twice among the classes",
        remedy: "the files may be from different moments; growth is not affected")
    }
    guard share >= 0.1 else { return nil }
    let unknown = largeClasses.filter { books?[$0]?.bytes == nil }
    guard unknown.isEmpty else { return incomplete(bytes, share, unknown) }
    return Finding(
      severity: .warning,
      sentence: "\(Amount.short(bytes)) (\(Amount.percent(share))) are in no class: pages that "
        + "drivers took with alloc_pages, or a balloon",
      remedy: "compare two moments with kmemcheck diff; page_owner=on or allocinfo would name them")
  }

  /// The classes that hold most of memory on any machine.
  private var largeClasses: [MemoryClass] { [.anonymous, .pageCache, .slabUnreclaimable] }

  /// What isn't counted can't be missed: no one is accused.
  private func incomplete(_ bytes: Int64, _ share: Double, _ unknown: [MemoryClass]) -> Finding {
    Finding(
      severity: .note,
      sentence: "\(Amount.short(bytes)) (\(Amount.percent(share))) are in no class, since nothing "
        + "tells the amounts of \(unknown.map(\.title).joined(separator: "; "))",
      remedy: "meminfo is incomplete: copy the whole file")
  }

  var slabShare: Finding? {
    guard let bytes = books?[.slabUnreclaimable]?.bytes, let share = share(bytes), share >= 0.25
    else { return nil }
    let largest = slab?.caches.first { $0.isReclaimable != true }
    let name = largest.map { "; the largest cache is \($0.name) with \(Amount.short($0.bytes))" }
    return Finding(
      severity: .warning,
      sentence: "unreclaimable slab holds \(Amount.short(bytes)) (\(Amount.percent(share)))"
        + (name ?? ""),
      remedy: "take a second snapshot later and compare: kmemcheck diff")
  }

  var pageTables: Finding? {
    guard let bytes = books?[.pageTables]?.bytes, let share = share(bytes), share >= 0.05 else {
      return nil
    }
    return Finding(
      severity: .warning,
      sentence: "page tables hold \(Amount.short(bytes)) (\(Amount.percent(share)))",
      remedy: "many processes map the same large memory: huge pages would shrink them")
  }

  /// Huge pages that nobody uses are taken from everybody else.
  var idleHugePages: Finding? {
    guard let meminfo = snapshot.meminfo.value, let size = meminfo["Hugepagesize"]?.bytes,
      let free = meminfo["HugePages_Free"]?.value, let idle = Int64(exactly: free), idle < 1 << 40
    else { return nil }
    let (bytes, overflow) = idle.multipliedReportingOverflow(by: size)
    guard !overflow, let share = share(bytes), share >= 0.1 else { return nil }
    return Finding(
      severity: .warning,
      sentence:
        "\(Amount.short(bytes)) (\(Amount.percent(share))) are set aside as huge pages that "
        + "nobody uses",
      remedy: "lower vm.nr_hugepages if no program is about to use them")
  }

  var stalled: Finding? {
    guard let pressure, pressure >= 10 else { return nil }
    return Finding(
      severity: pressure >= 40 ? .critical : .warning,
      sentence: "tasks waited for memory \(Int(min(pressure, 100))) % of the last 10 s",
      remedy: "memory is too small for what runs now; see below who holds it")
  }

  var dyingCgroups: Finding? {
    guard let dying = snapshot.counts.dyingCgroups, dying >= 1000 else { return nil }
    return Finding(
      severity: .warning,
      sentence: "\(dying) deleted cgroups are still held by memory charged to them",
      remedy: "dropping caches frees those that only cache holds: sysctl vm.drop_caches=3")
  }

  var swap: Finding? {
    guard let meminfo = snapshot.meminfo.value, let total = meminfo["SwapTotal"]?.bytes, total > 0,
      let free = meminfo["SwapFree"]?.bytes, Double(free) < Double(total) * 0.1
    else { return nil }
    return Finding(
      severity: .warning,
      sentence: "swap is nearly full: \(Amount.short(free)) of \(Amount.short(total)) left",
      remedy: "when it is full, the OOM killer follows")
  }

  /// The OOM killer's work is the surest sign that memory ran out, whatever is free now.
  var kills: Finding? {
    guard let report = snapshot.outOfMemory, let last = report.kills.last else { return nil }
    let count = report.kills.count
    return Finding(
      severity: .warning,
      sentence: "the OOM killer took \(count == 1 ? "a process" : "\(count) processes"); the last: "
        + String(last.prefix(160)),
      remedy: "the report in \(report.path) lists who held memory then")
  }

  /// A wrong page size makes every cache and zone wrong by the same factor.
  var pageSize: Finding? {
    guard snapshot.host.pageSize.origin == .assumed, slab != nil || !zones.isEmpty else {
      return nil
    }
    return Finding(
      severity: .note,
      sentence: "nothing here tells the page size; sizes of caches and zones take it to be 4 KiB",
      remedy: "on ppc64, arm64 or ia64 it may be 16 or 64 KiB: capture meminfo and zoneinfo as well"
    )
  }
}
