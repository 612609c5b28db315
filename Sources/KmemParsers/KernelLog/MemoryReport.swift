/// What the kernel printed into its log about all of memory: because it ran out, because a request
/// failed, or because somebody asked.
///
/// Printed by `dump_header()` in `mm/oom_kill.c`, `warn_alloc()` in `mm/page_alloc.c`, and
/// `show_mem()` in `mm/show_mem.c` (`lib/show_mem.c`, `mm/page_alloc.c` and the architectures'
/// `mm/init.c` before). A log may lack any line of it: what isn't there is unknown.
package struct MemoryReport: Hashable, Sendable {
  /// The line that the report begins with, counted from 1.
  package internal(set) var line: Int
  /// Seconds since boot by the kernel's own stamp; nothing where the log has none.
  package internal(set) var time: Double?
  /// The time of the wall as the log has it before the line, such as `Nov 22 18:40:12`.
  package internal(set) var clock: String?
  /// The machine as the log has it before the line; nothing where it names none.
  package internal(set) var machine: String?
  /// Why the kernel printed it; nothing where the log lacks the line that says so.
  package internal(set) var trigger: Trigger?
  /// Whose request failed, where that is told.
  package internal(set) var failure: Failure?
  /// The command of the process whose request could not be met.
  package internal(set) var command: String?
  /// What was asked for.
  package internal(set) var request = Request()
  /// The kernel's release, from the line of the processor that printed it.
  package internal(set) var release: String?
  /// Whether the addresses of its stack have 32 bits.
  package internal(set) var isNarrow = false
  /// Whether the kernel stopped over it.
  package internal(set) var isPanic = false
  /// The counters, nodes, zones and sums of `show_mem()`.
  package internal(set) var memory = ShowMem()
  /// `Unreclaimable slab info:`, the largest first (4.15; only where slab exceeds what programs have).
  package internal(set) var slabs: [Slab] = []
  /// `Memory allocations:`, the lines of source that hold most (6.10, CONFIG_MEM_ALLOC_PROFILING).
  package internal(set) var sites: [Allocinfo.Tag] = []
  /// The table of tasks.
  package internal(set) var tasks = TaskTable()
  /// The processes that were killed over it, in their order.
  package internal(set) var kills: [KilledProcess] = []
  /// The control group whose limit was met.
  package internal(set) var cgroup: LimitedCgroup?
  /// Why only a part of memory counted: `CONSTRAINT_CPUSET` (printed since 4.20).
  package internal(set) var constraint: String?
  /// Whether the kernel says that it looked for a process in all groups (`global_oom`, since 4.20).
  package internal(set) var isGlobal = false
  /// Whom the kernel's summary names as the one to be killed (4.20).
  package internal(set) var picked: PickedProcess?
  /// Who made room, where it wasn't the kernel.
  package internal(set) var killer: Killer?
  /// The control group of which all processes were ended, by systemd-oomd.
  package internal(set) var endedGroup: EndedGroup?
  /// Why the killer made room, in its own words.
  package internal(set) var reason: String?

  /// A report that begins in that line.
  init(line: Int) { self.line = line }

  /// Why the kernel prints a report.
  package enum Trigger: String, CaseIterable, Hashable, Sendable {
    /// The OOM killer was called.
    case outOfMemory
    /// A request failed, and whoever made it goes on without.
    case allocationFailure
    /// SysRq-f: somebody had a process killed.
    case askedToKill
    /// SysRq-m: somebody asked for the numbers.
    case askedToShow
    /// A killer of user space, or Android's driver, made room before memory ran out.
    case madeRoom
  }

  /// Who ends programs before the kernel has to.
  package enum Killer: String, Hashable, Sendable {
    /// Android's driver `lowmemorykiller`, and its daemon `lmkd`.
    case android
    /// `systemd-oomd`.
    case systemdOomd = "systemd-oomd"
    /// `earlyoom`.
    case earlyoom
    /// `nohang`.
    case nohang
  }

  /// A control group that was ended with all its processes.
  package struct EndedGroup: Hashable, Sendable {
    /// Its path below the root of control groups.
    package let path: String
    /// What it held in KiB, rounded by the tool; nothing where the log doesn't say.
    package let kilobytes: UInt64?
  }

  /// One row of `Unreclaimable slab info:`.
  package struct Slab: Hashable, Sendable {
    /// The cache.
    package let name: String
    /// Bytes of objects in use.
    package let used: UInt64
    /// Bytes of all objects.
    package let total: UInt64
  }
}

/// What was asked of the page allocator when a report was printed.
package struct MemoryRequest: Hashable, Sendable {
  /// The bits of the mask (`include/linux/gfp_types.h`); the lowest four name zones in all releases.
  package internal(set) var mask: UInt64?
  /// The names of the bits, printed since 4.6: `GFP_KERNEL|__GFP_COMP`.
  package internal(set) var names: [String] = []
  /// 2^order pages were asked for; nothing where it isn't printed, or −1 for SysRq-f.
  package internal(set) var order: Int?
  /// The nodes that were allowed, where the request named some.
  package internal(set) var nodes: String?
  /// The nodes that the cpuset of the process allows, as printed: `0-1`.
  package internal(set) var allowedNodes: String?
  /// The cpuset, as printed: `/` for that of all.
  package internal(set) var cpuset: String?
}

extension MemoryReport {
  /// What was asked for.
  package typealias Request = MemoryRequest
}
