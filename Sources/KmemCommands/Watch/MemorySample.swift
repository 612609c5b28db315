import KmemAnalysis
import KmemControl
import KmemSnapshot

/// All amounts that were read at one time.
struct MemorySample {
  /// Nanoseconds since boot, suspended time included.
  let time: Int64
  /// Seconds since 1970 UTC.
  let wall: Int64
  let amounts: MemoryAmounts
  /// Bytes that programs can have without swapping; nil where that isn't known.
  let available: Int64?
  /// Whether the processes of other users can't be seen.
  var hidesProcesses = false
}

extension MemorySample {
  /// The amounts of a moment, without what kmemcheck's own files in tmpfs hold.
  init(_ model: MemoryModel, at time: Manifest.Timestamp?, ownShmem: Int64 = 0) {
    var amounts = MemoryAmounts(model)
    amounts.addSystem(model)
    amounts.addCounts(model.snapshot.counts, pageSize: Int64(model.snapshot.host.pageSize.bytes))
    amounts.leaveOut(anonymous: model.snapshot.counts.ownAnonymous ?? 0)
    amounts.leaveOut(shmem: ownShmem)
    self.init(amounts: amounts, available: model.availability?.bytes, at: time)
  }

  init(amounts: MemoryAmounts, available: Int64?, at time: Manifest.Timestamp?) {
    let boot = time?.boot ?? BootClock.now
    self.time = Int64(exactly: (boot * 1e9).rounded()) ?? 0
    wall = Int64(exactly: (time?.wall ?? 0).rounded()) ?? 0
    self.amounts = amounts
    self.available = available
  }
}
