package import KmemSnapshot

/// The amounts of processes and control groups, moment after moment.
package struct ProcessAmounts: Sendable {
  /// The only processes that are wanted; all where it's empty.
  private let wanted: Set<Int>
  /// The watcher itself, which is left out.
  private let own: Int
  /// The processes of the last look; nothing before the first one.
  ///
  /// A process that is seen once only has no trend, and on a machine that starts many processes there
  /// would be no end of them.
  private var seen: Set<ProcessIdentity>?
  /// Commands that had several processes at once, which are followed together from then on.
  private var commands: Set<String> = []

  /// Follows these processes, or all; `own` is the watcher's pid.
  package init(wanted: Set<Int> = [], own: Int) {
    self.wanted = wanted
    self.own = own
  }

  /// What processes hold for themselves: anonymous memory, in RAM, in swap and in huge pages.
  ///
  /// Pages of files are left out, which are cache, and shared memory, which is counted apart.
  package mutating func amounts(_ snapshot: Snapshot) -> MemoryAmounts {
    var amounts = MemoryAmounts()
    let records = (snapshot.processes.value?.records ?? []).filter(isWanted)
    for record in records where wasThere(record) { amounts.add(record) }
    seen = Set(records.compactMap(\.identity))
    guard wanted.isEmpty else { return amounts }
    addCommands(records, to: &amounts)
    for group in snapshot.cgroups.value ?? [] where !group.path.isEmpty {
      guard let held = group.heldBytes else { continue }
      amounts.add(.cgroup(group.path), held)
    }
    return amounts
  }

  private func isWanted(_ record: ProcessRecord) -> Bool {
    record.hasMemory && record.pid != own && (wanted.isEmpty || wanted.contains(record.pid))
  }

  private func wasThere(_ record: ProcessRecord) -> Bool {
    guard let seen, let identity = record.identity else { return true }
    return seen.contains(identity)
  }

  private mutating func addCommands(_ records: [ProcessRecord], to amounts: inout MemoryAmounts) {
    let byName = Dictionary(grouping: records, by: \.comm)
    commands.formUnion(byName.lazy.filter { $0.value.count > 1 }.map(\.key))
    for name in commands {
      guard let own = byName[name] else { continue }
      amounts.add(.command(name), own.sum { $0.ownBytes ?? 0 })
    }
  }
}

extension MemoryAmounts {
  fileprivate mutating func add(_ record: ProcessRecord) {
    let name = ProcessName(
      pid: record.pid, comm: record.comm, startTime: record.startTime ?? 0)
    if let own = record.ownBytes { add(.process(name, .memory), own) }
    if let shared = record.residentShmem, shared > 0 { add(.process(name, .shared), shared) }
    // An estimate is off by a 512th of the room for descriptors, and always by about the same.
    if let files = record.descriptors { add(.process(name, .files), files) }
  }
}

extension ProcessRecord {
  /// Bytes that are the process's own; nothing where they aren't known.
  ///
  /// Kernels before 4.5 don't tell what of the resident memory is a file's: all of it is taken then.
  package var ownBytes: Int64? {
    guard let own = residentAnonymous ?? resident else { return nil }
    return own.plus(swap ?? 0).plus(hugetlb ?? 0)
  }
}

extension Cgroup {
  /// Bytes that can't be given back: without page cache and reclaimable slab.
  package var heldBytes: Int64? {
    guard let anonymous else { return memory }
    let slab = (kernel ?? 0).minus(slabReclaimable ?? 0)
    return anonymous.plus(shmem ?? 0).plus(swap ?? 0).plus(max(0, slab))
  }
}
