import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources
internal import Glibc

/// Reads the mappings of a process of the running machine.
struct LiveMaps {
  private let process: LiveProcess

  init(_ pid: Int) { process = LiveProcess(pid) }

  /// The mappings as they are now.
  ///
  /// - Throws: `Failure` if there is no such process, it may not be read, or it has no memory.
  func map() throws(Failure) -> MemoryMap {
    do {
      let record = try process.capture().process(process.pid)
      try record.refuseWithoutMemory()
      var collector = MapCollector()
      try process.readMaps { collector.read($0) }
      return MemoryMap(ProcessMemory(record), collector.finish())
    } catch {
      throw Failure(error)
    }
  }

  /// The mappings after a pause in seconds, with what each gained.
  ///
  /// - Throws: `Failure` as above, or if the pid is another process's by then.
  func map(since first: MemoryMap, seconds: Double) throws(Failure) -> MemoryMap {
    let start = ContinuousClock.now
    usleep(UInt32((seconds * 1_000_000).rounded()))
    let later = try map()
    guard later.process.identity == first.process.identity else {
      throw Failure(status: .noSuchInput, ProcessRefusal.replaced(pid: process.pid))
    }
    let span = start.duration(to: .now).components
    return MemoryMap(
      later.process, later.areas, since: first,
      seconds: Double(span.seconds) + Double(span.attoseconds) / 1e18)
  }
}

/// Finds the mappings of a process in a capture.
struct CapturedMaps {
  private let pid: Int
  private let capture: Capture

  init(_ pid: Int, _ capture: Capture) {
    self.pid = pid
    self.capture = capture
  }

  /// - Throws: `Failure` if the capture doesn't hold the process's mappings.
  func map(_ options: CommonOptions) throws(Failure) -> MemoryMap {
    let reading = capture["proc/\(pid)/smaps"]
    let record = try capture.process(pid)
    try record.refuseWithoutMemory()
    guard !reading.bytes.isEmpty else {
      throw Failure(
        status: .noSuchInput, ProcessRefusal.noMappingsFile(pid: pid, origin: capture.origin))
    }
    if reading.outcome == .truncated {
      let remark = InputRemark.mappingsCut(pid: pid, reason: reading.reason)
      options.remark("kmemcheck: \(remark.sentence)")
    }
    var collector = MapCollector()
    collector.read(reading.bytes.span)
    let areas = collector.finish()
    for remark in collector.remarks(on: "proc/\(pid)/smaps").prefix(5) {
      options.remark(remark.sentence)
    }
    guard !areas.isEmpty else {
      throw Failure(
        status: .badData, ProcessRefusal.noMapping(pid: pid, origin: capture.origin))
    }
    return MemoryMap(ProcessMemory(record), areas)
  }
}

extension Capture {
  /// The process of that pid.
  ///
  /// - Throws: `Failure` if the capture holds nothing of it.
  fileprivate func process(_ pid: Int) throws(Failure) -> ProcessRecord {
    let records = Snapshot(self).processes.value?.records ?? []
    guard let record = records.first(where: { $0.pid == pid }) else {
      throw Failure(
        status: .noSuchInput,
        ProcessRefusal.notHeld(pid: pid, origin: origin, others: records.count))
    }
    return record
  }
}

extension ProcessRecord {
  /// - Throws: `Failure` with a sentence if the process can't have mappings.
  fileprivate func refuseWithoutMemory() throws(Failure) {
    if isKernelThread {
      throw Failure(status: .noSuchInput, ProcessRefusal.kernelThread(pid: pid, name: comm))
    }
    if state == "Z" {
      throw Failure(status: .noSuchInput, ProcessRefusal.zombie(pid: pid, name: comm))
    }
  }
}
