package import KmemSnapshot

/// The amounts of processes and control groups, sample by sample.
package struct ProcessAmounts: Sendable {
  /// The only processes to follow; all are followed where it's empty.
  private let wanted: Set<Int>
  /// The process id of kmemcheck itself, which is left out.
  private let own: Int
  /// The processes of the last sample; nil before the first one.
  ///
  /// A process is followed from its second sample on: with one sample it has no trend, and a
  /// machine that starts many processes would fill the table with them.
  private var seen: Set<ProcessIdentity>?
  /// Commands that had several processes at once, which are followed together from then on.
  private var commands: Set<String> = []

  /// Begins without samples; `own` is the process id of kmemcheck itself.
  package init(wanted: Set<Int> = [], own: Int) {
    self.wanted = wanted
    self.own = own
  }

  /// What processes hold for themselves: anonymous memory, in RAM, in swap and in huge pages; and how
  /// many things they make the kernel hold.
  ///
  /// Pages of files are left out, since they are cache, and so is shared memory, which is counted
  /// apart.
  package mutating func amounts(_ snapshot: Snapshot) -> MemoryAmounts {
    var amounts = MemoryAmounts()
    let all = snapshot.processes.value?.records ?? []
    let records = all.filter(isWanted)
    for record in records where wasThere(record) { amounts.add(record) }
    seen = Set(records.compactMap(\.identity))
    addFamilies(all, to: &amounts)
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

  /// Counts the processes, the zombies, and both by their parents.
  ///
  /// Children whose parent has ended are given to process 1, which then isn't who made them; zombies
  /// are its own matter, as nobody else can wait for them.
  private func addFamilies(_ all: [ProcessRecord], to amounts: inout MemoryAmounts) {
    guard !all.isEmpty else { return }
    let own = own
    let parents = Dictionary(
      all.filter { isWanted($0) && wasThere($0) }.map { ($0.pid, $0) }
    ) { first, _ in first }
    let living = all.filter { $0.hasMemory && $0.pid != own }
    let dead = all.filter { $0.state == "Z" && $0.parent != own }
    // Of some processes and their children, sums tell nothing of the machine.
    if wanted.isEmpty {
      amounts.add(.count(.processes), Int64(living.count))
      amounts.add(.count(.zombies), Int64(dead.count))
    }
    for child in living {
      guard let parent = child.parent.flatMap({ parents[$0] }), parent.pid != 1 else { continue }
      amounts.add(.process(parent.processName, .children), 1)
    }
    for child in dead {
      guard let parent = child.parent.flatMap({ parents[$0] }) else { continue }
      amounts.add(.process(parent.processName, .zombies), 1)
    }
  }

  private mutating func addCommands(_ records: [ProcessRecord], to amounts: inout MemoryAmounts) {
    let byName = Dictionary(grouping: records, by: \.comm)
    commands.formUnion(byName.lazy.filter { $0.value.count > 1 }.map(\.key))
    for name in commands {
      guard let own = byName[name] else { continue }
      amounts.add(.command(name), own.sum { $0.ownBytes ?? 0 })
      amounts.add(.commandProcesses(name), Int64(own.count))
    }
  }
}

extension MemoryAmounts {
  fileprivate mutating func add(_ record: ProcessRecord) {
    let name = record.processName
    if let own = record.ownBytes { add(.process(name, .memory), own) }
    if let shared = record.residentShmem, shared > 0 { add(.process(name, .shared), shared) }
    // An estimate is off by a 512th of the room for descriptors, and always by about the same.
    if let files = record.descriptors { add(.process(name, .files), files) }
    if let threads = record.threads, threads > 1 { add(.process(name, .threads), Int64(threads)) }
    if let space = record.virtualSize { add(.process(name, .space), space) }
  }
}

extension ProcessRecord {
  /// The process as series name it.
  var processName: ProcessName {
    ProcessName(pid: pid, comm: comm, startTime: startTime ?? 0)
  }

  /// Bytes that are the process's own; nil where they aren't known.
  ///
  /// Kernels before 4.5 don't tell how much of the resident memory is of files: all of it is taken
  /// then.
  package var ownBytes: Int64? {
    guard let own = residentAnonymous ?? resident else { return nil }
    return own.plus(swap ?? 0).plus(hugetlb ?? 0)
  }
}

extension Cgroup {
  /// Bytes of the group's programs that the kernel can't take back: anonymous memory, in RAM and in
  /// swap, and shared memory; nothing where `memory.stat` doesn't tell them from cache.
  ///
  /// Its kernel memory isn't among them: version 1 doesn't tell the part of it that is given back, and
  /// whoever holds the rest grows on a side of its own.
  package var heldBytes: Int64? {
    anonymous.map { $0.plus(shmem ?? 0).plus(swap ?? 0) }
  }
}
