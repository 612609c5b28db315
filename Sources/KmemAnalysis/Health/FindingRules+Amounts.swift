import KmemParsers
import KmemSnapshot

/// Who has shared memory, as far as the files tell.
package struct ShmemHolders: Hashable, Sendable {
  /// Whether the amount is what the page cache has beside files, as meminfo has no `Shmem`.
  package let isEstimate: Bool
  /// Bytes of RAM in System V segments: the column `rss` of `/proc/sysvipc/shm`.
  package let systemV: Int64?
  /// The tmpfs mounts that files can be in, by their places.
  package let mounts: [String]
  /// The process that maps most, if that is a quarter or more.
  package let process: ProgramShare?

  /// Who has it.
  package init(
    isEstimate: Bool = false, systemV: Int64? = nil, mounts: [String] = [],
    process: ProgramShare? = nil
  ) {
    self.isEstimate = isEstimate
    self.systemV = systemV
    self.mounts = mounts
    self.process = process
  }
}

/// What reclaimable slab is made of.
package struct ReclaimableSlab: Hashable, Sendable {
  /// The largest cache.
  package let largest: SlabUsage.Cache?
  /// Directory entries of names that don't exist (5.0): the fifth number of dentry-state.
  package let negativeDentries: Int64?

  /// What it is made of.
  package init(largest: SlabUsage.Cache? = nil, negativeDentries: Int64? = nil) {
    self.largest = largest
    self.negativeDentries = negativeDentries
  }
}

extension FindingRules {
  /// What is a large part of memory, other than slab that isn't given back.
  var amountFindings: [Finding] {
    [
      pageTables, secPageTables, kernelStacks, vmalloc, orphans, shmem, mlocked, reclaimableSlab,
    ].compactMap { $0 }
  }

  /// The class' amount, if it is that part of memory or more.
  private func share(_ memoryClass: MemoryClass, atLeast part: Double) -> Finding.Share? {
    guard let share = share(books?[memoryClass]?.bytes), share.part >= part else { return nil }
    return share
  }

  private func program(_ share: Finding.Share, _ amount: (ProcessRecord) -> Int64?)
    -> ProgramShare?
  {
    ProgramShare(snapshot.processes.value, whole: share.bytes, amount: amount)
  }

  /// Page tables of 5 %: one page of 4 KiB maps 2 MiB, so that they take 0.2 % of what one process maps.
  private var pageTables: Finding? {
    share(.pageTables, atLeast: 0.05).map {
      Finding(.warning, .pageTables($0, by: program($0) { $0.pageTables }))
    }
  }

  /// The same of virtual machines and devices.
  private var secPageTables: Finding? {
    share(.secPageTables, atLeast: 0.05).map { Finding(.warning, .secPageTables($0)) }
  }

  /// Kernel stacks of 3 %: a thread has one of 8 or 16 KiB, so that it takes 2,000 threads a GiB.
  private var kernelStacks: Finding? {
    share(.kernelStacks, atLeast: 0.03).map { share in
      let list = snapshot.processes.value
      let all = Int64(list?.records.sum { $0.threads ?? 0 } ?? 0)
      let program = ProgramShare(list, whole: all) { $0.threads.map(Int64.init) }
      return Finding(
        .warning, .kernelStacks(share, threads: snapshot.counts.tasks, by: program))
    }
  }

  /// vmalloc of 10 %, as the books have it: without stacks, and not where VmallocUsed counts address
  /// space (up to 4.3: it did so on seven healthy phones).
  private var vmalloc: Finding? {
    share(.vmalloc, atLeast: 0.1).map { share in
      let callers = [NamedAmount].amounts(model.callers.value ?? [:], inOrder: <)
        .filter { !$0.name.isStack && !$0.name.isPercpu && $0.bytes > 0 }
      return Finding(.warning, .vmalloc(share, callers: Array(callers.prefix(3))))
    }
  }

  /// The kernel resets further sockets, and says "Out of socket memory", once there are that many.
  private var orphans: Finding? {
    guard let limit = snapshot.counts.orphanLimit, limit > 0,
      let orphans = snapshot[Sockstat.self].value?.protocols["TCP"]?["orphan"], orphans >= limit
    else { return nil }
    return Finding(.warning, .orphans(orphans, limit: limit))
  }

  /// Shared memory of 30 %; databases and virtual machines have it in good health.
  private var shmem: Finding? {
    let printed = books?[.shmem]?.bytes
    guard let share = share(printed ?? cacheBesideFiles), share.part >= 0.3 else { return nil }
    let holders = ShmemHolders(
      isEstimate: printed == nil, systemV: snapshot.counts.systemVShared, mounts: tmpfsMounts,
      process: largestSharer(atLeast: share.bytes / 4))
    return Finding(.note, .shmem(share, holders))
  }

  /// The process that maps most shared memory: sums over processes would count it again and again.
  private func largestSharer(atLeast least: Int64) -> ProgramShare? {
    (snapshot.processes.value?.records ?? [])
      .map { ProgramShare(name: $0.comm, processes: 1, amount: $0.residentShmem ?? 0) }
      .filter { $0.amount >= least }
      .max { $0.amount < $1.amount }
  }

  /// The page cache less what the LRU lists have of files: where `Shmem` isn't there, it tells shared
  /// memory, which is on the anonymous lists.
  private var cacheBesideFiles: Int64? {
    guard let meminfo = snapshot.meminfo.value, snapshot.containerMeminfo == nil,
      let cached = meminfo[.cached]?.bytes, let buffers = meminfo[.buffers]?.bytes
    else { return nil }
    let lists = ["Active", "Inactive"].map { name -> Int64? in
      if let files = meminfo["\(name)(file)"]?.bytes { return files }
      guard let all = meminfo[name]?.bytes, let anonymous = meminfo["\(name)(anon)"]?.bytes else {
        return nil
      }
      return all.minus(anonymous)
    }
    guard let active = lists[0], let inactive = lists[1] else { return nil }
    let files = active.plus(inactive).plus(meminfo[.unevictable]?.bytes ?? 0)
    return cached.plus(buffers).minus(files)
  }

  /// The places of tmpfs in which programs keep files, each once.
  private var tmpfsMounts: [String] {
    var places: [String] = []
    for mount in snapshot.mounts.value?.mounts ?? [] where mount.type == "tmpfs" {
      if !places.contains(mount.mountPoint) { places.append(mount.mountPoint) }
    }
    return places
  }

  /// Locked pages of 20 %: programs asked for it (mlock), databases and virtual machines mostly.
  private var mlocked: Finding? {
    guard snapshot.containerMeminfo == nil,
      let share = share(snapshot.meminfo.value?[.mlocked]?.bytes),
      share.part >= 0.2
    else { return nil }
    return Finding(.note, .mlocked(share))
  }

  /// Reclaimable slab of 40 % while less than 5 % of memory is free, or of 60 %.
  private var reclaimableSlab: Finding? {
    guard let share = share(.slabReclaimable, atLeast: 0.4),
      let free = self.share(books?[.free]?.bytes), free.part < 0.05 || share.part >= 0.6
    else { return nil }
    let largest = slab?.caches.first { $0.isReclaimable == true || $0.side == .cache }
    return Finding(
      .note,
      .reclaimableSlab(
        share,
        ReclaimableSlab(
          largest: largest, negativeDentries: snapshot.counts.negativeDentries)))
  }
}
