package import KmemSnapshot

/// A process as a test types it, from which its files follow; amounts are in KiB.
package struct TypedProcess: Sendable {
  package var pid: Int
  package var name: String
  /// Ticks since boot.
  package var start = 100
  package var user = 0
  package var command: String?
  package var vss = 10_000
  package var uss = 100
  package var shared = 200
  package var swap = 0
  package var descriptors: Int64?
  package var descriptorsAreEstimated = false
  /// What becomes of its `smaps_rollup`; nothing if it is read.
  package var missing: Outcome?
  package var isKernelThread = false
  package var parent = 1
  package var threads = 2
  /// Whether it has ended, and its parent hasn't waited for it: it has no memory.
  package var isZombie = false

  package init(_ pid: Int, _ name: String, uss: Int = 100, start: Int = 100) {
    self.pid = pid
    self.name = name
    self.uss = uss
    self.start = start
  }

  /// The same process with something changed.
  package func with(_ change: (inout TypedProcess) -> Void) -> TypedProcess {
    var process = self
    change(&process)
    return process
  }

  private var rss: Int { uss + shared }

  fileprivate var files: [String: String] {
    let flags = isKernelThread ? 2_129_984 : 4_194_304
    let isEmpty = isKernelThread || isZombie
    let pages = isEmpty ? 0 : rss / 4
    var files = [
      "stat":
        "\(pid) (\(name)) \(isZombie ? "Z" : "S") \(parent) 1 1 0 -1 \(flags) 97 0 3 0 0 0 0 0 20 0 \(threads) 0 \(start) "
        + "\(isEmpty ? 0 : vss * 1024) \(pages) 18446744073709551615 1 1 0 0 0\n",
      "cmdline": (command ?? "").replacing(" ", with: "\0"),
    ]
    var status =
      "Name:\t\(name)\nState:\t\(isZombie ? "Z (zombie)" : "S (sleeping)")\nUid:\t\(user)\t\(user)\t\(user)\t\(user)\n"
    if !isEmpty {
      status +=
        "VmSize:\t\(vss) kB\nVmRSS:\t\(rss) kB\nRssAnon:\t\(uss) kB\nRssFile:\t\(shared) kB\n"
        + "RssShmem:\t0 kB\nVmPTE:\t40 kB\nVmSwap:\t\(swap) kB\n"
    }
    files["status"] = status
    if missing == nil, !isEmpty {
      files["smaps_rollup"] =
        "1000-9000 ---p 00000000 00:00 0                          [rollup]\nRss: \(rss) kB\n"
        + "Pss: \(uss + shared / 4) kB\nShared_Clean: \(shared) kB\nPrivate_Clean: 0 kB\n"
        + "Private_Dirty: \(uss) kB\nSwap: \(swap) kB\n"
    }
    return files
  }
}

extension Capture {
  /// A capture of those processes, with other files beside them.
  package init(processes: [TypedProcess], beside files: [String: String] = [:]) {
    var all = files
    for process in processes {
      for (name, text) in process.files { all["proc/\(process.pid)/\(name)"] = text }
    }
    self.init(typed: all)
    var facts = ProcessFacts()
    facts.listed = processes.count
    for process in processes {
      facts.descriptors[String(process.pid)] = process.descriptors
      if process.descriptorsAreEstimated { facts.estimated.append(process.pid) }
      if let outcome = process.missing {
        facts.notRead[outcome.rawValue, default: []].append(process.pid)
      }
    }
    sources[ProcessFacts.path] = SourceReading(
      outcome: .read, bytes: (try? facts.encoded()) ?? [])
  }
}

extension Snapshot {
  /// A snapshot of those processes of one boot, so many seconds after it.
  package init(processes: [TypedProcess], upTime: Double = 1000) {
    self.init(
      Capture(
        processes: processes,
        beside: [
          "proc/meminfo": "MemTotal:       8388608 kB\nMemFree:        4194304 kB\n",
          "proc/uptime": "\(upTime) 100.00\n", "proc/sys/kernel/random/boot_id": "boot\n",
          "proc/sys/kernel/hostname": "host\n", "proc/sys/kernel/osrelease": "6.12.0\n",
        ]))
  }
}
