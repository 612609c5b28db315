/// Why an amount that rises at each iteration is no leak.
package enum CheckExplanation: Hashable, Sendable {
  /// The kernel keeps it for things that each iteration leaves for user space: these.
  case counts([KernelCount])
  /// More open files or sockets are left at each iteration and no process: one that runs anyway may
  /// hold them, or the kernel has forgotten them.
  case perhaps([KernelCount])
  /// A file system keeps it beside what it caches of files, which grows faster.
  case cache
  /// Programs have more memory at each iteration, and it is the page tables for that.
  case userMemory
  /// It grows as fast while the command doesn't run: something else makes it grow.
  case others
}

/// What iterations of a command leave for user space, and how much memory of the kernel's goes with
/// it.
///
/// When a command has ended, nobody holds memory for it any more but what it left: a process, a
/// mount, a file. These are counted. Where the counts don't rise, growth of what is usually held
/// for them is the kernel's own: it forgot to free it.
struct CheckHoldings {
  /// The counts that each sample has.
  static let counted: [KernelCount] = [
    .threads, .mounts, .routes, .openFiles, .sockets, .inodes, .timeWait,
  ]
  /// The counts that a kernel may be without: of modules, and of options.
  static let countedByOptions: [KernelCount] = [
    .trackedConnections, .controlGroups, .semaphores, .messages, .namespaces,
  ]

  private let rates: [KernelCount: Double]
  /// Bytes of cache, and of files in memory, that each iteration adds.
  private let cache: Double
  /// Bytes of programs' own and shared memory that each iteration adds.
  private let userMemory: Double

  init(_ series: [CheckSeries]) {
    var rates: [KernelCount: Double] = [:]
    for one in series where one.trend.word == .leaks {
      guard case .count(let things) = one.id, let rate = one.trend.perIteration else { continue }
      rates[things] = rate
    }
    self.rates = rates
    let classes: Set<SeriesID> = [
      .memoryClass(.pageCache), .memoryClass(.slabReclaimable), .memoryClass(.shmem),
    ]
    let ofPrograms: Set<SeriesID> = [.memoryClass(.anonymous), .memoryClass(.shmem)]
    userMemory = series.filter { ofPrograms.contains($0.id) && $0.rises }
      .reduce(0) { $0 + max(0, $1.trend.perIteration ?? 0) }
    cache = series.filter { classes.contains($0.id) }
      .reduce(0) { $0 + max(0, $1.trend.perIteration ?? 0) }
  }

  /// The most of page tables that so much memory of programs needs: four times what they take where it is
  /// dense, a table of 4 KiB for 2 MiB.
  private static let tables = 4.0 / 512

  /// The series with the explanations of those that rise; `isCounted` says whether samples have the
  /// counts.
  ///
  /// Where so many more kernel threads account for the threads, these are left out: nobody in user
  /// space holds a kernel thread, and what it takes is the kernel's own.
  static func explaining(
    _ series: [CheckSeries], isCounted: Bool, kernelThreads: Int64 = 0
  ) -> [CheckSeries] {
    let series = series.filter { !$0.isOfKernelThreads(kernelThreads) }
    let holdings = CheckHoldings(series)
    let explained = series.map { one in
      var one = one
      one.isCounted = isCounted
      if one.rises { one.explanation = holdings.explanation(of: one) }
      return one
    }
    return explainingVectors(explained)
  }

  /// The series with the vectors that are kept beside slabs of what is held.
  private static func explainingVectors(_ series: [CheckSeries]) -> [CheckSeries] {
    let held = series.filter { $0.id.kind == .slabCache && $0.explanation?.isSure == true }
    let rate = held.reduce(0) { $0 + max(0, $1.trend.perIteration ?? 0) }
    let most = held.max { $0.trend.perIteration ?? 0 < $1.trend.perIteration ?? 0 }
    return series.map { one in
      guard one.rises, one.explanation == nil, case .slabCache(let name) = one.id,
        ObjectVectors.mayFill(name, at: one.trend.perIteration ?? 0, beside: rate)
      else { return one }
      var one = one
      one.explanation = most?.explanation
      return one
    }
  }

  private func explanation(of series: CheckSeries) -> CheckExplanation? {
    guard series.side.isSuspect || series.side == .heldForUserSpace, series.id.unit == .bytes,
      series.side.isSuspect || series.id.mayBeByProduct, let rate = series.trend.perIteration
    else { return nil }
    let places: [KernelCount] = [.threads, .mounts, .namespaces, .controlGroups]
    if let found = counts(places, explaining: rate) { return .counts(found) }
    if series.id.isOfPageTables, rate <= userMemory * Self.tables { return .userMemory }
    // A merged cache has objects of each of its names.
    let ids = [series.id] + series.aliases.map(SeriesID.slabCache)
    if ids.contains(where: \.isOfRoutes), let found = counts([.routes], explaining: rate) {
      return .counts(found)
    }
    if let found = counts(ids.flatMap(\.connections), explaining: rate) { return .counts(found) }
    if ids.contains(where: \.isOfSystemV),
      let found = counts([.semaphores, .messages], explaining: rate)
    {
      return .counts(found)
    }
    if ids.contains(where: \.isOfFiles), let found = counts([.inodes], explaining: rate) {
      return .counts(found)
    }
    if series.id.isOfFiles, rate <= cache { return .cache }
    return counts([.openFiles, .sockets], explaining: rate).map(CheckExplanation.perhaps)
  }

  /// Those of the counts that rise, if what is held for them may be as much.
  private func counts(_ counts: [KernelCount], explaining rate: Double) -> [KernelCount]? {
    let found = Set(counts).filter { (rates[$0] ?? 0) > 0 }.sorted { $0.rawValue < $1.rawValue }
    let most = found.map { (rates[$0] ?? 0) * $0.mostBytes }.reduce(0, +)
    return !found.isEmpty && rate <= most ? found : nil
  }
}

extension CheckSeries {
  /// Whether it counts threads of which at least half are the kernel's.
  ///
  /// Half, since workers of the kernel's queues come and go.
  fileprivate func isOfKernelThreads(_ gained: Int64) -> Bool {
    id == .count(.threads) && gained > 0 && gained.timesClamped(2) >= growth
  }
}

extension SeriesID {
  /// Whether it is tables for pages of programs.
  fileprivate var isOfPageTables: Bool {
    switch self {
    case .allocationSite(let tag):
      ["pte_alloc_one", "__pte_alloc_one", "pmd_alloc_one"].contains(where: tag.function.hasPrefix)
    default: self == .memoryClass(.pageTables)
    }
  }

  /// Whether it may be what the network keeps for an address or a route: its lines of source, caches
  /// of routes and of any owner, counters for each processor, and the sum of the caches.
  fileprivate var isOfRoutes: Bool {
    switch self {
    case .allocationSite(let tag): tag.module == nil && tag.file.hasPrefix("net/")
    case .slabCache(let name):
      GenericCache.isGeneric(name)
        || ["ip_fib_", "fib6_", "ip6_", "ip_dst"].contains(where: name.hasPrefix)
    case .memoryClass(let memoryClass): [.slabUnreclaimable, .percpu].contains(memoryClass)
    case .system, .side, .vmallocCaller, .module, .count, .cgroup, .process, .command,
      .commandProcesses:
      false
    }
  }

  /// The connections of which the kernel may keep it when their sockets are closed: lines of source of the network,
  /// caches of such sockets, of their ports and of tracked connections, and the sum of the caches.
  ///
  /// A tracked connection has extensions in a kmalloc buffer; a closed one has none, so that it doesn't explain
  /// what a driver loses at each connection.
  fileprivate var connections: [KernelCount] {
    let own: Bool
    switch self {
    case .allocationSite(let tag):
      own = ["net/ipv4/inet_", "net/netfilter/nf_conntrack_"].contains(where: tag.file.hasPrefix)
    case .slabCache(let name):
      if GenericCache.isGeneric(name) { return [.trackedConnections] }
      own = ["tw_sock_", "tcp_bind", "nf_conntrack"].contains(where: name.hasPrefix)
    case .memoryClass(let memoryClass): own = memoryClass == .slabUnreclaimable
    case .system, .side, .vmallocCaller, .module, .count, .cgroup, .process, .command,
      .commandProcesses:
      own = false
    }
    return own ? [.timeWait, .trackedConnections] : []
  }

  /// Whether it may be semaphores or messages of System V: lines of source of these, caches of any owner or
  /// of messages (`msg_msg`, which 6.11 keeps apart), and the sums of caches and of large areas.
  fileprivate var isOfSystemV: Bool {
    switch self {
    case .allocationSite(let tag):
      tag.module == nil && (tag.file.hasPrefix("ipc/") || AllocatorFunctions.contains(tag.function))
    case .slabCache(let name): GenericCache.isGeneric(name) || name.hasPrefix("msg_msg")
    case .memoryClass(let memoryClass):
      [.slabUnreclaimable, .vmalloc, .unaccounted].contains(memoryClass)
    case .vmallocCaller: true
    case .system, .side, .module, .count, .cgroup, .process, .command, .commandProcesses: false
    }
  }

  /// Whether it may be what a file system keeps beside a file: its own lines of source, caches of
  /// any owner, and unreclaimable slab, which is the sum of these.
  fileprivate var isOfFiles: Bool {
    switch self {
    case .allocationSite(let tag):
      tag.isOfFilesystem || ["mm/shmem.c", "lib/maple_tree.c", "lib/xarray.c"].contains(tag.file)
        || tag.file.hasPrefix("security/")
    case .slabCache(let name):
      GenericCache.isGeneric(name)
        || CacheMeaning(name: name).map { $0.side != .kernel } ?? false
          && !CacheMeaning.isOfSockets(name)
    case .memoryClass(let memoryClass): memoryClass == .slabUnreclaimable
    case .system, .side, .vmallocCaller, .module, .count, .cgroup, .process, .command,
      .commandProcesses:
      false
    }
  }
}
