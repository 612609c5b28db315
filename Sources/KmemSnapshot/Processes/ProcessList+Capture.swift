internal import KmemParsers

extension Capture {
  /// The processes whose files the capture holds, with what was noted of them; a reason where it
  /// holds none.
  func processes(pageSize: PageSize, _ facts: ProcessFacts?) -> Reading<ProcessList> {
    let (parsed, smaps) = parsedProcesses
    guard !parsed.isEmpty else {
      return .missing(Missing(.absent, "the capture holds no processes"))
    }
    let skipped = facts?.outcomes ?? [:]
    let estimated = Set(facts?.estimated ?? [])
    var records: [ProcessRecord] = []
    let processes = parsed.sorted
    records.reserveCapacity(processes.count)
    for (pid, process) in processes {
      guard var record = ProcessRecord(pid, process, smaps: smaps[pid], pageSize) else { continue }
      record.descriptors = facts?.descriptors[String(pid)]
      record.descriptorsAreEstimated = estimated.contains(pid)
      if record.hasMemory, record.maps == nil { record.mapsMissing = skipped[pid] ?? .absent }
      records.append(record)
    }
    return .value(
      ProcessList(
        records: records, coverage: ProcessCoverage(records, facts: facts), reader: facts?.reader))
  }

  /// What the files of processes tell, and the texts that list their mappings.
  private var parsedProcesses: (ParsedProcesses, smaps: [Int: SourceReading]) {
    var parsed = processes
    var smaps: [Int: SourceReading] = [:]
    for (path, reading) in sources {
      guard let pid = Self.process(of: path), !reading.bytes.isEmpty || reading.outcome == .read
      else { continue }
      if let (pid, file) = ParsedProcess.File.named(path) {
        parsed.take(file, of: pid, reading.bytes)
      } else {
        parsed.note(pid)
        if path.hasSuffix("/smaps") { smaps[pid] = reading }
      }
    }
    return (parsed, smaps)
  }

  /// Of how many processes the memory could be measured; nothing where the capture holds none.
  package var processCoverage: ProcessCoverage? {
    let pageSize = PageSize(bytes: manifest?.pageSize ?? 4096, origin: .assumed)
    return processes(pageSize: pageSize, sideFile().value).value?.coverage
  }
}

extension ProcessFacts {
  /// What became of the `smaps_rollup` of those that were not read.
  fileprivate var outcomes: [Int: Outcome] {
    var outcomes: [Int: Outcome] = [:]
    for (name, pids) in notRead {
      guard let outcome = Outcome(rawValue: name) else { continue }
      for pid in pids { outcomes[pid] = outcome }
    }
    return outcomes
  }
}

extension ProcessRecord {
  /// Nothing if neither `stat` nor `status` nor one of the `smaps` tells anything.
  fileprivate init?(
    _ pid: Int, _ process: ParsedProcess, smaps: SourceReading?, _ pageSize: PageSize
  ) {
    self.init(pid: pid)
    let stat = process.stat.flatMap { $0.pid == pid ? $0 : nil }
    if let stat { take(stat, pageSize) }
    if let status = process.status { take(status) }
    commandLine = process.commandLine
    take(sums: process.sums, smaps)
    guard stat != nil || process.status != nil || maps != nil else { return nil }
  }

  private mutating func take(_ stat: ProcStat, _ pageSize: PageSize) {
    startTime = stat.startTime
    comm = stat.comm
    parent = stat.parent
    state = stat.state
    isKernelThread = stat.isKernelThread
    threads = stat.threads
    minorFaults = stat.minorFaults
    majorFaults = stat.majorFaults
    virtualSize = Int64(exactly: stat.virtualSize)
    let (bytes, overflow) = stat.residentPages.multipliedReportingOverflow(
      by: Int64(pageSize.bytes))
    if !overflow, bytes >= 0 { resident = bytes }
  }

  private mutating func take(_ status: ProcStatusAmounts) {
    if comm.isEmpty { comm = status.name ?? "" }
    userID = status.userID
    parent = parent ?? status.parent
    threads = threads ?? status.threads
    state = state ?? status.state
    virtualSize = status.virtualSize ?? virtualSize
    resident = status.resident ?? resident
    residentAnonymous = status.residentAnonymous
    residentFile = status.residentFile
    residentShmem = status.residentShmem
    swap = status.swap
    pageTables = status.pageTables
    hugetlb = status.hugetlb
    // Without memory there are no lines of it: a kernel thread, or a process that has ended.
    if state != "Z", startTime == nil, virtualSize == nil { isKernelThread = true }
  }

  /// Takes the sums from `smaps_rollup`, else adds up `smaps`.
  private mutating func take(sums: SmapsAmounts?, _ smaps: SourceReading?) {
    if let sums, sums.has(.pss) {
      maps = sums
      mapsOrigin = .rollup
    } else if let smaps, smaps.outcome == .read,
      let all = try? Smaps(parsing: smaps.bytes.span), !all.mappings.isEmpty
    {
      maps = SmapsAmounts(summing: all.mappings.map(\.amounts))
      mapsOrigin = .smaps
    }
  }
}
