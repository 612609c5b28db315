internal import KmemParsers
package import KmemSnapshot

/// The memory of one process, and where the numbers come from; amounts are in bytes.
package struct ProcessMemory: Hashable, Sendable {
  /// The process id.
  package let pid: Int
  /// Clock ticks from boot to the start: with the pid they tell the process from all others; nil
  /// where not read.
  package let startTime: UInt64?
  /// The command's name, at most 15 bytes.
  package let name: String
  /// The command line, where it was read and isn't empty.
  package let commandLine: String?
  /// The real user id in `status`; nil where the file wasn't read.
  package let userID: UInt32?
  /// How many threads the process has; nil where not read.
  package let threads: Int?
  /// Page faults since the start that needed no reading from disk.
  package let minorFaults: Int64?
  /// Page faults since the start that had to read from disk.
  package let majorFaults: Int64?
  /// Open file descriptors; nil where they couldn't be counted.
  package let descriptors: Int64?
  /// Whether `descriptors` is an estimate from some numbers that were looked for.
  package let descriptorsAreEstimated: Bool
  /// The file that the amounts of resident memory come from.
  package let origin: Origin
  /// Virtual set size: the address space, most of which may never be used.
  package let vss: Int64?
  /// Resident set size: what is in memory, what is shared with others included.
  package let rss: Int64?
  /// Proportional set size: of each page its share among those that map it.
  package let pss: Int64?
  /// Unique set size: what is freed when the process ends.
  package let uss: Int64?
  /// What is swapped out.
  package let swap: Int64?
  /// RssAnon of `status` (since 4.5): nearly USS, for processes whose USS can't be measured.
  package let anonymous: Int64?
  /// Page tables, which the kernel holds for the process.
  package let pageTables: Int64?
  /// Huge pages of hugetlbfs, which no other amount counts.
  package let hugetlb: Int64?

  /// The files that numbers come from, the best first.
  package enum Origin: String, Hashable, Sendable, CaseIterable {
    case rollup = "smaps_rollup"
    case smaps = "smaps"
    case status = "status"
    case stat = "stat"
    /// What `ps`, `top` or `smem` printed.
    case listing = "listing"
  }

  /// Takes the best numbers of a process's files.
  package init(_ record: ProcessRecord) {
    pid = record.pid
    startTime = record.startTime
    name = record.comm
    commandLine = record.commandLine.flatMap { $0.isEmpty ? nil : $0 }
    userID = record.userID
    threads = record.threads
    minorFaults = record.minorFaults.flatMap(Int64.init(exactly:))
    majorFaults = record.majorFaults.flatMap(Int64.init(exactly:))
    descriptors = record.descriptors
    descriptorsAreEstimated = record.descriptorsAreEstimated
    anonymous = record.residentAnonymous
    pageTables = record.pageTables
    hugetlb = record.hugetlb
    vss = record.virtualSize
    let maps = record.maps
    rss = maps?[.rss] ?? record.resident
    pss = maps?[.pss] ?? record.proportional
    let own = [maps?[.privateClean], maps?[.privateDirty]].compactMap { $0 }
    uss = own.isEmpty ? record.unique : own.sum { $0 }
    swap = maps?[.swap] ?? record.swap
    origin =
      switch record.mapsOrigin {
      case .rollup?: .rollup
      case .smaps?: .smaps
      case nil:
        record.isListed ? .listing : record.residentAnonymous != nil ? .status : .stat
      }
  }

  /// Whether PSS and USS were measured.
  package var isMeasured: Bool { uss != nil }

  /// Pid and start time; nil where the start time wasn't read.
  package var identity: ProcessIdentity? {
    startTime.map { ProcessIdentity(pid: pid, startTime: $0) }
  }
}
