internal import Glibc
internal import KmemParsers
internal import KmemSnapshot
internal import SystemPackage

/// Reads the processes of a live `/proc` within a budget of time.
///
/// The files that cost little, `stat` and `status`, are read of all processes first. Then follow,
/// for the largest processes first, the files that need the process's memory map: the command line
/// and `smaps_rollup`, which takes about 1 ms for each 30 MB. A process that ends meanwhile is left
/// out; that is no error.
struct ProcessReader {
  /// The directory that stands for `/`.
  let root: String
  let budget: ProcessBudget
  private let clock = ContinuousClock()

  init(root: String, budget: ProcessBudget) {
    self.root = root == "/" ? "" : root
    self.budget = budget
  }

  /// Adds the processes' files to the capture, and the facts that are no file's contents.
  func read(into capture: inout Capture) throws {
    let start = clock.now
    var processes = try seen()
    var facts = ProcessFacts()
    facts.listed = processes.count
    facts.reader = Int(getpid())
    facts.hidden = processes.count { $0.stat == nil && $0.isHidden }
    processes.removeAll { $0.stat == nil }
    // Cheap files aren't part of the budget: with thousands of processes they alone may take as
    // long.
    let end = clock.now.advanced(by: .milliseconds(budget.milliseconds))
    try readMemory(of: &processes, until: end)
    for process in processes {
      capture.sources.merge(process.sources) { own, _ in own }
      if let outcome = process.mapsOutcome {
        facts.notRead[outcome.rawValue, default: []].append(process.pid)
      }
    }
    if budget.countsDescriptors { count(processes, &facts) }
    facts.budget = budget.milliseconds
    facts.milliseconds = start.duration(to: clock.now).milliseconds
    capture.sources[ProcessFacts.path] = facts.reading(milliseconds: facts.milliseconds)
  }

  /// The processes that are listed, with their `stat` and `status`.
  private func seen() throws -> [SeenProcess] {
    let pids = try (families().map(Array.init) ?? listed()).sorted()
    let jobs = pids.flatMap { [job($0, "stat"), job($0, "status")] }
    let readings = try ReadingQueue.read(jobs)
    let failed = readings.first { $0.outcome == .failed }
    if let failed, !readings.contains(where: { $0.outcome == .read || $0.outcome == .denied }) {
      throw SourceError(
        .unavailable, "no process can be read: \(failed.reason ?? "the kernel gives no reason")")
    }
    return pids.enumerated().compactMap { index, pid in
      let (stat, status) = (readings[2 * index], readings[2 * index + 1])
      // A process that has ended since it was listed was never there.
      guard stat.outcome == .read || stat.outcome == .denied else { return nil }
      return SeenProcess(pid: pid, stat: stat, status: status)
    }
  }

  /// The wanted processes with their children, of which those that have ended are zombies; nil where all
  /// are wanted, or must be looked at for their parents.
  ///
  /// `/proc/PID/task/TID/children` needs CONFIG_PROC_CHILDREN (4.2), and a thread has a list of its own: of
  /// very many threads, all processes are read sooner.
  private func families() throws -> Set<Int>? {
    guard !budget.pids.isEmpty else { return nil }
    let lists = budget.pids.flatMap { pid in
      let tasks = "\(root)/proc/\(pid)/task"
      return ((try? listDirectory(tasks)) ?? []).map { "\(tasks)/\($0.name)/children" }
    }
    guard lists.count <= 64 else { return nil }
    let readings = try ReadingQueue.read(
      lists.map { path in ReadingJob(path: path, deadline: Deadline.process) { _ in readFile(path) }
      })
    guard readings.isEmpty || readings.contains(where: { $0.outcome == .read }) else { return nil }
    let children = readings.flatMap { reading in
      String(decoding: reading.bytes, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    }
    return budget.pids.union(children)
  }

  /// The numbers of all processes; none where there is no `/proc`.
  ///
  /// - Throws: `SourceError` where the limit of open files (`ulimit -n`) leaves none: that there are no
  ///   processes would be no answer.
  private func listed() throws(SourceError) -> [Int] {
    do {
      return try listDirectory("\(root)/proc").compactMap {
        $0.kind == .directory ? Int($0.name) : nil
      }
    } catch let error as Errno
      where error == .tooManyOpenFiles || error == .tooManyOpenFilesInSystem
    {
      throw SourceError(
        .unavailable, "\(root)/proc can't be listed: \(error); raise the limit (ulimit -n)")
    } catch {
      return []
    }
  }

  private func job(_ pid: Int, _ name: String) -> ReadingJob {
    let path = "\(root)/proc/\(pid)/\(name)"
    return ReadingJob(path: path, deadline: Deadline.process) { _ in readFile(path) }
  }
}

extension ProcessReader {
  /// Reads command lines and sums, the largest process first, until the time is used up.
  private func readMemory(
    of processes: inout [SeenProcess], until end: ContinuousClock.Instant
  ) throws {
    let order = processes.indices.filter { processes[$0].hasMemory }
      .sorted { processes[$0].residentPages > processes[$1].residentPages }
    guard budget.readsMemory else {
      for index in order { processes[index].take(maps: .outOfTime, from: "") }
      return
    }
    let name = mapsName
    let jobs = order.flatMap { index in
      [
        commandLine(processes[index].pid, until: end),
        maps(processes[index].pid, name, startTime: processes[index].startTime, until: end),
      ]
    }
    let readings = try ReadingQueue.read(jobs)
    for (position, index) in order.enumerated() {
      processes[index].take(commandLine: readings[2 * position])
      processes[index].take(maps: readings[2 * position + 1], from: name)
    }
  }

  /// How long one process may take, so that a few that hang don't use up the time of all.
  private var deadline: Double { max(50, budget.milliseconds / 4) }

  /// `smaps_rollup` where the kernel has it (4.14), else `smaps`.
  private var mapsName: String {
    DirectoryEntry.Kind(of: "\(root)/proc/self/smaps_rollup") == .file ? "smaps_rollup" : "smaps"
  }

  /// The kernel takes it from the process's memory, and may have to wait for that.
  private func commandLine(_ pid: Int, until end: ContinuousClock.Instant) -> ReadingJob {
    let path = "\(root)/proc/\(pid)/cmdline"
    let clock = clock
    return ReadingJob(path: path, deadline: min(200, deadline)) { _ in
      guard clock.now < end else { return .outOfTime }
      return readFile(path, limit: 1 << 16)
    }
  }

  private func maps(
    _ pid: Int, _ name: String, startTime: UInt64, until end: ContinuousClock.Instant
  ) -> ReadingJob {
    let directory = "\(root)/proc/\(pid)"
    let clock = clock
    return ReadingJob(path: "\(directory)/\(name)", deadline: deadline) { _ in
      guard clock.now < end else { return .outOfTime }
      let reading = readFile("\(directory)/\(name)", limit: 64 << 20)
      // The pid may be another process's by now.
      let stat = reading.outcome == .read ? readFile("\(directory)/stat") : reading
      let isSame = (try? ProcStat(parsing: stat.bytes.span))?.startTime == startTime
      return isSame || reading.outcome != .read ? reading : SourceReading(outcome: .absent)
    }
  }
}

extension SourceReading {
  fileprivate static var outOfTime: SourceReading {
    SourceReading(outcome: .skipped, reason: "the time for processes was used up")
  }
}
