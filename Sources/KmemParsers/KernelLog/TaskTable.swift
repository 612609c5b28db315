/// The table of tasks in a report of the OOM killer (`dump_tasks()` in `mm/oom_kill.c`).
///
/// Only a line in the middle may be missing without a trace, so sums are at least what they say.
package struct TaskTable: Hashable, Sendable {
  /// How many rows there are.
  package internal(set) var count = 0
  /// Pages of RAM of all of them; shared pages count for each.
  package internal(set) var rss: UInt64 = 0
  /// The largest tasks, the largest first.
  package internal(set) var largest: [Task] = []
  /// Whether the log has nothing of the report behind its rows, so that some may be missing.
  package internal(set) var isCut = false
  /// All tasks by their name, the largest sum first.
  package internal(set) var programs: [Program] = []

  /// One row.
  package struct Task: Hashable, Sendable {
    /// The process id.
    package let pid: Int
    /// The command's name; empty where the log broke it off.
    package internal(set) var name: String
    /// Pages of RAM.
    package let rss: UInt64
    /// Pages of RAM that are shared memory; printed since 6.8.
    package let shmem: UInt64?
    /// Pages in swap.
    package let swap: UInt64?
    /// Bytes of page tables; printed since 4.17, and pages before.
    package let pageTables: UInt64?
    /// `oom_score_adj`; nothing before 2.6.36.
    package let adjustment: Int64?
  }

  /// The tasks of one name.
  package struct Program: Hashable, Sendable {
    /// The command's name.
    package let name: String
    /// How many tasks there are.
    package internal(set) var count: Int
    /// Pages of RAM of all of them.
    package internal(set) var rss: UInt64
  }

  /// How many rows and names are kept of each report.
  static let limit = 64
}

/// A process that the OOM killer ended.
package struct KilledProcess: Hashable, Sendable {
  /// The process id.
  package let pid: Int
  /// The command's name.
  package internal(set) var name: String
  /// What it held in KiB, by the name printed: `anon-rss`, `total-vm`; empty before 2.6.36.
  package internal(set) var amounts: [String: UInt64] = [:]
  /// Whether a control group's limit was the reason.
  package internal(set) var isOfCgroup = false
  /// Whether it was killed because it asked for memory itself (`vm.oom_kill_allocating_task`).
  package internal(set) var isWhoeverAsked = false

  init(pid: Int, name: String) {
    self.pid = pid
    self.name = name
  }

  /// KiB of RAM that it held; nothing where nothing of it is printed.
  package var rss: UInt64? {
    // Android's killer prints one sum.
    if let sum = amounts["rss"] { return sum }
    let parts = ["anon-rss", "file-rss", "shmem-rss"].compactMap { amounts[$0] }
    guard !parts.isEmpty else { return nil }
    return parts.reduce(0) { $0.addingReportingOverflow($1).overflow ? .max : $0 + $1 }
  }
}

/// The process that the OOM killer picked: `task_memcg=/a,task=java,pid=7134,uid=1000`.
package struct PickedProcess: Hashable, Sendable {
  /// The process id.
  package let pid: Int
  /// The command's name.
  package let name: String
  /// The control group that it is in; nothing where the line lacks it.
  package let group: String?
}

/// The control group whose limit was met (`mem_cgroup_print_oom_meminfo()` in `mm/memcontrol.c`).
package struct LimitedCgroup: Hashable, Sendable {
  /// The group whose limit it is; nothing where the log lacks it.
  package internal(set) var path: String?
  /// The group of the process that was killed.
  package internal(set) var killedIn: String?
  /// `memory`, `memory+swap`, `swap` and `kmem`: use and limit in KiB.
  package internal(set) var limits: [Limit] = []
  /// What it holds in bytes, by the names of its `memory.stat`: `anon`, `rss`.
  package internal(set) var stats: [String: UInt64] = [:]

  /// One limit.
  package struct Limit: Hashable, Sendable {
    /// What is limited: `memory`.
    package let name: String
    /// KiB in use.
    package let usage: UInt64
    /// KiB allowed.
    package let limit: UInt64
    /// How many times the limit was met.
    package let failures: UInt64?
  }
}
