import KmemAnalysis

/// What a side gained, as a sentence of its own or beside a worse one.
struct SideWords {
  let report: DiffReport
  private let suspects: SuspectWords

  init(_ report: DiffReport) {
    self.report = report
    suspects = SuspectWords(report)
  }

  var growth: Growth { report.growth }
  var sides: SideTotals { growth.verdict.sides }
  var programs: DiffProcesses { DiffProcesses(report: report) }
  var span: String { growth.seconds.map { " in \(Amount.duration($0))" } ?? "" }

  /// The sentence for the worst side.
  func lead(_ side: MemorySide) -> String {
    let amount = Amount.short(sides[side])
    switch side {
    case .kernel:
      let isExplained = growth.verdict.gaps.isEmpty && growth.caches.missing == nil
      return "Kernel memory grew by \(amount)\(span)"
        + (isExplained ? " that neither caches nor programs explain" : "")
        + "\(suspects.kernel).\(doubt)"
    case .unaccounted:
      let more = growth.verdict.grown.first == .kernel
      return "\(amount)\(more ? " more" : "") went to no class\(more ? "" : span): pages that the "
        + "kernel or a driver took and no line counts\(suspects.unaccounted)."
    case .heldForUserSpace:
      return "The kernel holds \(amount) more\(span) for what programs keep open, mapped or "
        + "stored\(held). \(growth.heldDoubt?.sentence ?? Self.goes)"
    case .userSpace:
      let most = programs.mostGrown(of: sides[.userSpace]).map { ", \($0)" } ?? ""
      let isCalm = growth.verdict.gaps.isEmpty && !growth.verdict.grown.contains(.kernel)
      return "Programs grew by \(amount)\(span)\(most)"
        + (isCalm ? "; kernel memory did not grow by itself." : ".")
    case .cache:
      return "The kernel gives it back when programs need it: \(Amount.signed(sides[.cache])) of "
        + "cache\(span)\(most(.cache).map { ", most of it \($0)" } ?? "")."
    case .free, .debugging: return ""
    }
  }

  /// What tells that memory which is held for programs elsewhere is the kernel's own here.
  private var doubt: String {
    guard let doubt = growth.heldDoubt, doubt.isSure else { return "" }
    return " " + doubt.sentence
  }

  /// The part of a sentence for a side that grew too.
  func beside(_ side: MemorySide) -> String {
    let amount = Amount.short(sides[side])
    switch side {
    case .kernel: return "kernel memory grew by \(amount)\(suspects.kernel)"
    case .unaccounted: return "\(amount) went to no class\(suspects.unaccounted)"
    case .heldForUserSpace: return "what is held for programs grew by \(amount)\(held)"
    case .userSpace:
      return "programs grew by \(amount)"
        + (programs.mostGrown(of: sides[side]).map { ", \($0)" } ?? "")
    case .cache: return "cache grew by \(amount)" + (most(.cache).map { " (\($0))" } ?? "")
    case .free, .debugging: return ""
    }
  }

  /// The program that opened files, where files may be what the kernel's memory is for.
  var openFiles: String? {
    let grown = growth.verdict.grown
    guard grown.contains(.heldForUserSpace) || grown.contains(.kernel) else { return nil }
    return programs.openFiles.map { files in
      growth.counts.first { $0.things == .openFiles }?.count.growth.map {
        "Open files grew by \(Amount.count($0)): \(files)"
      } ?? "Meanwhile \(files)"
    }
  }

  private static let goes =
    "Not a leak of the kernel: it goes when they are closed or removed."

  /// The class that makes more than half of what the side gained.
  private func most(_ side: MemorySide) -> String? {
    growth.classes.first {
      $0.memoryClass.side == side && ($0.bytes.growth ?? 0) > sides[side] / 2
    }.map { SuspectWords.title($0.memoryClass) }
  }

  /// What is held for programs: the caches, and the classes beside slab.
  private var held: String {
    let caches = growth.caches.elements.filter {
      $0.growth > sides[.heldForUserSpace] / 10 && $0.side == .heldForUserSpace
    }
    let classes = growth.classes.filter {
      $0.memoryClass.side == .heldForUserSpace
        && ($0.bytes.growth ?? 0) > sides[.heldForUserSpace] / 3
    }
    let names =
      caches.prefix(2).map(cache)
      + classes.map { "\($0.memoryClass.title) \(Amount.signed($0.bytes.growth ?? 0))" }
    return names.isEmpty ? "" : ": \(names.joined(separator: ", "))"
  }

  private func cache(_ cache: CacheChange) -> String {
    let name = TerminalText.safe(cache.name)
    let amount = Amount.signed(cache.growth)
    guard cache.holdsSockets else { return "\(name) \(amount) (\(cache.meaning?.objects ?? ""))" }
    let kinds = growth.sockets.prefix(2).map {
      "\($0.sockets.words) \(Amount.signedCount($0.gained))"
    }
    return "sockets \(amount) ("
      + (kinds.isEmpty ? "" : "\(kinds.joined(separator: ", ")); ")
      + "slab cache \(name)\(kinds.isEmpty ? ", which may stand for several kinds" : ""))"
  }
}

extension SideWords {
  /// The lines of meminfo that grew and are in no class that can be compared: `Mlocked +1.0 GiB`.
  var grownLines: [String] {
    let known = Set(
      growth.classes.filter { $0.bytes.growth != nil }.flatMap(\.components).map(\.title))
    let lines = growth.lines.filter { line in
      !known.contains(line.name) && !Self.passedOver.contains(where: line.name.hasPrefix)
        && line.count.growth ?? max(0, (line.bytes.growth ?? 0) / growth.verdict.floor) != 0
    }
    return lines.sorted { ($0.bytes.growth ?? 0) > ($1.bytes.growth ?? 0) }.prefix(2)
      .map(LineWords.named)
  }

  /// Lines that are no memory in use, or sums of others.
  private static let passedOver = [
    "Mem", "Active", "Inactive", "Commit", "Vmalloc", "DirectMap", "Slab", "Swap", "Cma", "Mapped",
    "Low", "High",
  ]
}

extension SocketChange.Kind {
  /// The protocol, as sockstat names it.
  var words: String {
    switch self {
    case .inUse(let name): TerminalText.safe(name)
    case .others: "Unix and other sockets"
    }
  }
}
