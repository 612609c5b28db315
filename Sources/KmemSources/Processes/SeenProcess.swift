internal import KmemParsers
internal import KmemSnapshot

/// One process while it is read.
struct SeenProcess {
  let pid: Int
  let stat: ProcStat?
  /// Whether it's listed but says nothing of itself.
  let isHidden: Bool
  /// What was read, by path.
  private(set) var sources: [String: SourceReading] = [:]
  /// Why its sums are missing; nothing where they aren't, or where it has no memory.
  private(set) var mapsOutcome: Outcome?

  init(pid: Int, stat reading: SourceReading, status: SourceReading) {
    self.pid = pid
    isHidden = reading.outcome == .denied
    stat = try? ProcStat(parsing: reading.bytes.span)
    keep(reading, "stat")
    keep(status, "status")
  }

  var hasMemory: Bool { stat.map { !$0.isKernelThread && $0.virtualSize > 0 } ?? false }
  var residentPages: Int64 { stat?.residentPages ?? 0 }
  var startTime: UInt64 { stat?.startTime ?? 0 }

  mutating func take(commandLine reading: SourceReading) { keep(reading, "cmdline") }

  mutating func take(maps reading: SourceReading, from name: String) {
    if reading.outcome == .read, !reading.bytes.isEmpty {
      keep(reading, name)
    } else {
      mapsOutcome = reading.outcome == .read ? .absent : reading.outcome
    }
  }

  /// How many descriptors there is room for, by `FDSize` of `status`.
  var descriptorRoom: Int? {
    guard let bytes = sources["proc/\(pid)/status"]?.bytes else { return nil }
    return (try? ProcStatus(parsing: bytes.span))?.number("FDSize").flatMap(Int.init(exactly:))
  }

  private mutating func keep(_ reading: SourceReading, _ name: String) {
    guard reading.outcome == .read || reading.outcome == .truncated else { return }
    sources["proc/\(pid)/\(name)"] = reading
  }
}
