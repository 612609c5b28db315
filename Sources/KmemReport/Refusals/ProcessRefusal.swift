/// Why there are no mappings of a process.
package enum ProcessRefusal: Refusal {
  /// The input holds nothing of the process, and something of this many others.
  case notHeld(pid: Int, origin: String, others: Int)
  case kernelThread(pid: Int, name: String)
  /// The process has ended, and its parent hasn't asked for its status yet.
  case zombie(pid: Int, name: String)
  /// The process ended between two samples, and a new one got its pid.
  case replaced(pid: Int)
  /// The input lacks the one file that lists mappings.
  case noMappingsFile(pid: Int, origin: String)
  /// The file that lists mappings is there, and no line of it is one.
  case noMapping(pid: Int, origin: String)

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .notHeld(let pid, let origin, let others):
      "\(origin) holds nothing of a process \(pid)"
        + (others > 0 ? "; it has \(others) others" : "")
    case .kernelThread(let pid, let name):
      "process \(pid) (\(name)) is a thread of the kernel: it has no memory of its own"
    case .zombie(let pid, let name):
      "process \(pid) (\(name)) has ended and waits for its parent: it has no memory"
    case .replaced(let pid): "process \(pid) has ended, and its pid is another one's now"
    case .noMappingsFile(let pid, let origin):
      "\(origin) holds no proc/\(pid)/smaps, which lists mappings: snap takes sums only; on the "
        + "machine itself: kmemcheck maps \(pid)"
    case .noMapping(let pid, let origin): "proc/\(pid)/smaps of \(origin) lists no mapping"
    }
  }
}
