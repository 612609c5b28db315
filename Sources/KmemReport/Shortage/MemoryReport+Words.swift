import KmemAnalysis
import KmemParsers

extension Shortage {
  /// Bytes of 2^order pages.
  func bytes(ofOrder order: Int) -> Int64 {
    order < 40 ? Int64(report.pageSize) << Int64(order) : 0
  }

  /// Why the kernel printed the report, in a few words.
  var triggerWords: String {
    switch report.trigger {
    case .outOfMemory: report.isPanic ? "out of memory, panic" : "out of memory"
    case .allocationFailure: "request failed"
    case .askedToKill: "SysRq-f"
    case .askedToShow: "SysRq-m"
    case .madeRoom: (report.killer?.shortName ?? "a killer") + " made room"
    case nil: "report without its beginning"
    }
  }

  /// What was asked for, by whom: `sh asked for order 4 (64.0 KiB), GFP_KERNEL`.
  var requestWords: String? {
    guard let order = report.request.order, order >= 0 else { return nil }
    let mask =
      report.request.names.isEmpty
      ? report.request.mask.map { "mask 0x\(String($0, radix: 16))" }
      : report.request.names.joined(separator: "|")
    return
      "\(report.command ?? "a process") asked for order \(order) (\(Amount.short(bytes(ofOrder: order))))"
      + (mask.map { ", \($0)" } ?? "")
  }

  /// When it was, as the log has it.
  var timeWords: String { clockWords ?? "line \(report.line)" }

  /// The same, where the log has times.
  var clockWords: String? { report.clock ?? report.time.map { "\(Int($0)) s" } }
}

extension MemoryReport {
  /// Whom a killer ended: a process, or all of a control group.
  var ended: String? {
    kills.first?.words
      ?? endedGroup.map { group in
        "all processes of \(group.path)"
          + (group.kilobytes.map { ", which held \(Amount.short(Int64(clamping: $0) * 1024))" }
            ?? "")
      }
  }
}

extension MemoryReport.Killer {
  var name: String {
    self == .android ? "Android's low memory killer" : rawValue
  }

  var shortName: String { self == .android ? "Android" : rawValue }
}

extension PickedProcess {
  /// `java (7134) of control group /system.slice/a.scope`.
  var words: String { "\(name) (\(pid))" + (group.map { " of control group \($0)" } ?? "") }
}

extension KilledProcess {
  /// `java (5424), which held 5.9 GiB`.
  var words: String {
    "\(name) (\(pid))" + (bytes.map { ", which held \(Amount.short($0))" } ?? "")
      + (isWhoeverAsked ? ", as it asked for memory itself (vm.oom_kill_allocating_task)" : "")
  }

  /// Bytes of RAM that it held; nothing where the log doesn't say.
  var bytes: Int64? { rss.map { Int64(clamping: min($0, 1 << 52)) * 1024 } }
}
