import KmemAnalysis
import KmemReport
import KmemSnapshot

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
