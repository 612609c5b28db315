package import KmemParsers

/// What tells a process from every other one of a boot: pids are used again.
package struct ProcessIdentity: Hashable, Sendable {
  /// The process's id.
  package let pid: Int
  /// Ticks of USER_HZ since boot.
  package let startTime: UInt64

  /// The process that was started then.
  package init(pid: Int, startTime: UInt64) {
    self.pid = pid
    self.startTime = startTime
  }
}

/// One process, as far as its files could be read; amounts are in bytes.
package struct ProcessRecord: Hashable, Sendable {
  /// The process's id.
  package let pid: Int
  /// Ticks since boot; nothing where `/proc/PID/stat` isn't there, as in a sosreport.
  package var startTime: UInt64?
  /// The command's name, at most 15 bytes.
  package var comm = ""
  /// The command line with blanks between the arguments; nothing where it was not read.
  package var commandLine: String?
  /// The real user id.
  package var userID: UInt32?
  /// The parent's pid.
  package var parent: Int?
  /// One letter, as `ps` shows it.
  package var state: String?
  /// Kernel threads have no memory of their own.
  package var isKernelThread = false
  /// The number of its threads.
  package var threads: Int?
  /// Page faults since the start that needed no disk.
  package var minorFaults: UInt64?
  /// Page faults since the start that needed the disk.
  package var majorFaults: UInt64?
  /// Address space, VSS.
  package var virtualSize: Int64?
  /// Pages in memory by the process's own counters: `VmRSS`, else the pages of `stat`.
  package var resident: Int64?
  /// The parts of it (4.5): anonymous, of files, shared memory.
  package var residentAnonymous: Int64?
  /// The resident pages of files, in bytes (4.5).
  package var residentFile: Int64?
  /// The resident pages of shared memory and tmpfs, in bytes (4.5).
  package var residentShmem: Int64?
  /// `VmSwap`.
  package var swap: Int64?
  /// `VmPTE`: page tables, which are kernel memory held for the process.
  package var pageTables: Int64?
  /// `HugetlbPages` (4.4), which are part of no other amount.
  package var hugetlb: Int64?
  /// The sums over all mappings; nothing where neither `smaps_rollup` nor `smaps` was read.
  package var maps: SmapsAmounts?
  /// The file that `maps` comes from.
  package var mapsOrigin: MapsOrigin?
  /// Why there is no `maps`; nothing where there is, or where the process has no memory.
  package var mapsMissing: Outcome?
  /// The share that a process has of each of its pages, where a tool lists it.
  package var proportional: Int64?
  /// What is freed when the process ends, where a tool lists it.
  package var unique: Int64?
  /// Whether a tool's list tells it, and not its files.
  package var isListed = false
  /// Open descriptors.
  package var descriptors: Int64?
  /// Whether their number is an estimate from some that were looked for.
  package var descriptorsAreEstimated = false

  /// The files that tell the sums over all mappings.
  package enum MapsOrigin: Hashable, Sendable {
    /// `smaps_rollup` (4.14), which the kernel sums up.
    case rollup
    /// `smaps`, summed up here.
    case smaps
  }

  /// A process of which nothing else is known yet.
  package init(pid: Int) { self.pid = pid }

  /// What tells it from every other process of the boot; nothing without a start time.
  package var identity: ProcessIdentity? {
    startTime.map { ProcessIdentity(pid: pid, startTime: $0) }
  }

  /// Whether it has memory of its own: no kernel thread, and not ended already.
  package var hasMemory: Bool { !isKernelThread && (resident ?? virtualSize ?? 0) > 0 }
}
