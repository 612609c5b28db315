internal import KmemParsers

extension Capture {
  /// The processes whose files the capture holds, with what was noted of them; a reason where it
  /// holds none.
  func processes(pageSize: PageSize, _ facts: ProcessFacts?) -> Reading<ProcessList> {
    var files: [Int: [Substring: SourceReading]] = [:]
    for (path, reading) in sources {
      guard let pid = Self.process(of: path), !reading.bytes.isEmpty || reading.outcome == .read,
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
      else { continue }
      files[pid, default: [:]][path[path.index(after: slash)...]] = reading
    }
    guard !files.isEmpty else {
      return .missing(Missing(.absent, "the capture holds no processes"))
    }
    let skipped = facts?.outcomes ?? [:]
    let estimated = Set(facts?.estimated ?? [])
    var records: [ProcessRecord] = []
    records.reserveCapacity(files.count)
    for (pid, files) in files.sorted(by: { $0.key < $1.key }) {
      guard var record = ProcessRecord(pid: pid, files: files, pageSize: pageSize) else { continue }
      record.descriptors = facts?.descriptors[String(pid)]
      record.descriptorsAreEstimated = estimated.contains(pid)
      if record.hasMemory, record.maps == nil { record.mapsMissing = skipped[pid] ?? .absent }
      records.append(record)
    }
    return .value(
      ProcessList(
        records: records, coverage: ProcessCoverage(records, facts: facts), reader: facts?.reader))
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
  fileprivate init?(pid: Int, files: [Substring: SourceReading], pageSize: PageSize) {
    self.init(pid: pid)
    let hasStat = take(stat: files["stat"]?.bytes ?? [], pageSize)
    let hasStatus = take(status: files["status"]?.bytes ?? [])
    if let bytes = files["cmdline"]?.bytes { commandLine = ProcCmdline(parsing: bytes.span).line }
    take(maps: files)
    guard hasStat || hasStatus || maps != nil else { return nil }
  }

  private mutating func take(stat bytes: [UInt8], _ pageSize: PageSize) -> Bool {
    guard let stat = try? ProcStat(parsing: bytes.span), stat.pid == pid else { return false }
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
    return true
  }

  private mutating func take(status bytes: [UInt8]) -> Bool {
    guard let status = try? ProcStatus(parsing: bytes.span) else { return false }
    if comm.isEmpty { comm = status["Name"] ?? "" }
    userID = status.userID
    parent = parent ?? status.number("PPid").flatMap(Int.init(exactly:))
    threads = threads ?? status.number("Threads").flatMap(Int.init(exactly:))
    state = state ?? status["State"]?.first.map(String.init)
    virtualSize = status.bytes("VmSize") ?? virtualSize
    resident = status.bytes("VmRSS") ?? resident
    residentAnonymous = status.bytes("RssAnon")
    residentFile = status.bytes("RssFile")
    residentShmem = status.bytes("RssShmem")
    swap = status.bytes("VmSwap")
    pageTables = status.bytes("VmPTE")
    hugetlb = status.bytes("HugetlbPages")
    // Without memory there are no lines of it: a kernel thread, or a process that has ended.
    if state != "Z", startTime == nil, virtualSize == nil { isKernelThread = true }
    return true
  }

  /// Takes the sums from `smaps_rollup`, else adds up `smaps`.
  private mutating func take(maps files: [Substring: SourceReading]) {
    if let bytes = files["smaps_rollup"]?.bytes,
      let sums = try? Smaps(parsing: bytes.span).rollup, sums.has(.pss)
    {
      maps = sums
      mapsOrigin = .rollup
    } else if let reading = files["smaps"], reading.outcome == .read,
      let all = try? Smaps(parsing: reading.bytes.span), !all.mappings.isEmpty
    {
      maps = SmapsAmounts(summing: all.mappings.map(\.amounts))
      mapsOrigin = .smaps
    }
  }
}
