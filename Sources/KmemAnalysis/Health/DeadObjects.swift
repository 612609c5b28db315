import KmemParsers
import KmemSnapshot

/// Objects of a kind that the kernel counts, far more than it counts: they are dead, and still held.
package struct DeadObjects: Hashable, Sendable {
  /// What the objects are.
  package let things: KernelCount
  /// How many the kernel counts.
  package let counted: Int64
  /// Whether `counted` is the most that there can be.
  package let isBound: Bool
  /// The caches of these things.
  package let caches: [SlabUsage.Cache]
  /// Other caches with as many objects: what belongs to each.
  package let companions: [SlabUsage.Cache]
  /// Bytes of the dead, with what belongs to them.
  package let bytes: Int64

  /// Objects in use, the counted ones included.
  package var objects: Int64 { caches.sum(\.activeObjects) }
  /// The dead ones.
  package var dead: Int64 { objects.minus(counted) }

  /// The rule that finds them.
  var rule: Finding.Rule {
    switch things {
    case .openFiles: .deadFiles
    case .sockets: .deadSockets
    case .mounts: .leftMounts
    case .threads, .processes, .zombies, .timeWait, .trackedConnections, .socketBuffers, .inodes,
      .dentries, .routes, .dyingCgroups, .controlGroups, .semaphores, .messages, .namespaces:
      .deadTasks
    }
  }
}

extension FindingRules {
  /// The dead tasks, files and sockets that something in the kernel still refers to.
  var deadObjects: [Finding] {
    [deadTasks, deadFiles, deadSockets ?? deadConnections, leftMounts].compactMap { $0 }
      .map { Finding(.warning, .dead($0)) }
  }

  /// The number of objects that is more than four times what is counted, and more than `least`.
  ///
  /// Objects freed after a grace period, and free ones that SLUB keeps for each processor, count as
  /// used: at most a few hundred a processor.
  private func dead(
    _ things: KernelCount, in wanted: [String]? = nil, counted: Int64?, isBound: Bool = false,
    least: Int64
  ) -> DeadObjects? {
    let names = wanted ?? [things.cache].compactMap(\.self)
    let caches = (slab?.caches ?? []).filter { names.contains($0.name) && $0.aliases.isEmpty }
    let objects = caches.sum(\.activeObjects)
    guard let counted, counted > 0, objects > least, objects > counted.timesClamped(4),
      let largest = caches.first
    else { return nil }
    let companions = companions(of: largest, beside: names)
    let bytes = caches.sum(\.bytes).plus(companions.sum(\.bytes))
    let living = (bytes / objects).timesClamped(counted)
    return DeadObjects(
      things: things, counted: counted, isBound: isBound, caches: caches, companions: companions,
      bytes: min(bytes.minus(living), unreclaimable ?? .max))
  }

  /// Caches that have as many objects: any with 100,000 and more, else those of processes.
  private func companions(of cache: SlabUsage.Cache, beside names: [String]) -> [SlabUsage.Cache] {
    unreclaimableCaches.filter {
      !names.contains($0.name) && $0.side != .debugging
        && ($0.hasAsManyObjects(as: cache)
          || ($0.side == .heldForUserSpace
            && $0.activeObjects.isNear(cache.activeObjects, within: SlabUsage.Cache.agreement)))
    }
  }

  /// `task_struct` against the tasks of loadavg; else against the stacks, of which each living task
  /// has one of 4 KiB or more.
  private var deadTasks: DeadObjects? {
    let stacks = snapshot.meminfo.value?[.kernelStack]?.bytes.map { $0 / 4096 }
    let tasks = snapshot.counts.tasks
    return dead(
      .threads, counted: tasks ?? stacks, isBound: tasks == nil, least: 10_000)
  }

  /// `filp` against file-nr, which counts the open files of all processes.
  private var deadFiles: DeadObjects? {
    dead(
      .openFiles, in: ["filp", "bfilp"], counted: snapshot.counts.openFiles,
      least: SlabUsage.Cache.leastToCompare)
  }

  /// Sockets' inodes against sockstat.
  ///
  /// It counts those of one network namespace (since 4.16), so they
  /// must also be more than all open files: programs have each of their sockets open.
  private var deadSockets: DeadObjects? {
    let files =
      snapshot.counts.openFiles ?? slab?.caches.first { $0.name == "filp" }?.activeObjects
    guard let files, let sockets = snapshot.counts.sockets,
      let found = dead(
        .sockets, counted: max(1, sockets), least: 10_000),
      found.objects > files.plus(10_000)
    else { return nil }
    return found
  }

  /// TCP's sockets against those that sockstat has as allocated: a count of all namespaces.
  private var deadConnections: DeadObjects? {
    let allocated = snapshot[Sockstat.self].value?.protocols["TCP"]?["alloc"]
    return dead(
      .sockets, in: ["TCP", "TCPv6"], counted: allocated.map { max(1, $0) }, least: 10_000)
  }

  /// `mnt_cache` against the mounts that the reader sees.
  ///
  /// Other namespaces have mounts of their own, so
  /// only a number is told that no machine with containers has.
  private var leftMounts: DeadObjects? {
    dead(
      .mounts, counted: snapshot.counts.mounts,
      least: SlabUsage.Cache.leastToCompare)
  }
}
