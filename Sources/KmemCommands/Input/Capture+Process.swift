import KmemReport
import KmemSnapshot

extension Capture {
  /// The process of that pid.
  ///
  /// - Throws: `Failure` if the capture holds nothing of it.
  func process(_ pid: Int) throws(Failure) -> ProcessRecord {
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
  func refuseWithoutMemory() throws(Failure) {
    if isKernelThread {
      throw Failure(status: .noSuchInput, ProcessRefusal.kernelThread(pid: pid, name: comm))
    }
    if state == "Z" {
      throw Failure(status: .noSuchInput, ProcessRefusal.zombie(pid: pid, name: comm))
    }
  }
}
