internal import Glibc
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

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
