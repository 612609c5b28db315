import KmemAnalysis
import KmemParsers
import KmemSnapshot

extension ListedPrograms {
  /// The most that programs have mapped, as a sentence without its full stop.
  var sentence: String {
    if count == 1, let mappings = largest.mappings { return sentence(mappings) }
    let name = TerminalText.safe(largest.name)
    let process = largest.pid.map { "\(name) (pid \($0))" } ?? name
    let most =
      count == 1
      ? ": \(process)"
      : largest.resident.map { ", most of it \(process) with \(Amount.short($0.bytes))" } ?? ""
    let programs = "\(count) \(noun)"
    return isWhole
      ? "programs have at most \(Amount.short(resident)) in memory, by the sum of RSS of \(programs)"
        + "\(most)"
      : isApart
        ? "the \(programs) listed \(count == 1 ? "has" : "have") \(Amount.short(resident))\(most)"
        : "the \(programs) listed \(count == 1 ? "has" : "have") at most \(Amount.short(resident)) in memory\(most)"
  }

  /// Whether memory of one isn't that of another too.
  private var isApart: Bool { form == DockerStats.file || form == KubectlTop.file }

  private var noun: String {
    switch form {
    case DockerStats.file: count == 1 ? "container" : "containers"
    case KubectlTop.file: count == 1 ? "pod or node" : "pods or nodes"
    default: count == 1 ? "process" : "processes"
    }
  }

  /// What one process has in which mapping.
  private func sentence(_ mappings: ProcessRow.Mappings) -> String {
    let name =
      largest.command == ProcessRow.unnamed ? "a process" : TerminalText.safe(largest.name)
    let process = largest.pid.map { "\(name) (pid \($0))" } ?? name
    let part = mappings.largest.map { mapping in
      let place = mapping.address.map { " at \(String($0, radix: 16))" } ?? ""
      let share = mapping.resident > resident / 2 ? "most of it" : "the largest part"
      return ", \(share) \(TerminalText.safe(mapping.name))\(place) with "
        + Amount.short(mapping.resident)
    }
    let who =
      mappings.areAll
      ? "\(process) has"
      : mappings.count == 1
        ? "the mapping listed of \(process) has"
        : "the \(mappings.count) mappings listed of \(process) have"
    return "\(who) \(Amount.short(resident)) in memory\(part ?? "")"
  }
}

extension PageHolder {
  /// Who holds most, as a sentence without its full stop.
  var sentence: String {
    let part = total > 0 ? Double(bytes) / Double(total) : 0
    return "\(TerminalText.safe(OwnerFormat.owner(owner))) holds \(Amount.short(bytes)) in "
      + "\(Amount.count(pages)) pages, \(Amount.percent(part)) of what page_owner lists"
  }
}

extension Health {
  /// What the forms of tools tell of who holds memory, each as a sentence without its full stop.
  var formSentences: [String] {
    [
      availableSentence, kernelSentence, pageHolder?.sentence, cacheSentence, siteSentence,
      notPrograms ?? listedPrograms?.sentence,
    ].compactMap(\.self)
  }

  /// Whether slabinfo is a few rows that somebody picked out, which clear nobody.
  var hasOnlyRows: Bool {
    gaps.contains {
      switch $0.kind {
      case .ends, .middle, .table: true
      default: false
      }
    }
  }

  /// The largest cache, where slabtop stands for slabinfo or only rows of it are there.
  private var cacheSentence: String? {
    guard let slab, slab.excerpt != nil || hasOnlyRows, slab.bytes > 0 else { return nil }
    guard let first = slab.caches.first else {
      return "all slab caches hold \(Amount.short(slab.bytes)), and none of them is listed"
    }
    if slab.caches.count == 1, slab.excerpt?.total == nil {
      return "slab cache \(TerminalText.safe(first.name)) holds \(Amount.short(first.bytes)) in "
        + "\(Amount.count(first.objects)) objects, and one row alone proves little"
    }
    let share = Double(first.bytes) / Double(slab.bytes)
    let part = Amount.percent(share)
    let all = slab.excerpt?.total == nil ? "the caches listed" : Amount.short(slab.bytes)
    let meaning = first.meaning.map { " (\($0.objects))" } ?? ""
    return "the largest slab cache is \(TerminalText.safe(first.name))\(meaning) with "
      + "\(Amount.short(first.bytes)), \(part) of \(all)"
      + (first.side == .cache && share > 0.5 ? ", given back when programs need memory" : "")
  }

  /// The line of source that holds most, where its size was made readable by a tool.
  private var siteSentence: String? {
    guard roundsSites, let first = allocationSites.elements.first else { return nil }
    return "the line of source that holds most is \(TerminalText.safe(TagWords.words(first.name))) "
      + "with \(Amount.short(first.bytes))"
  }

  /// What is available, where a tool stands for meminfo.
  private var availableSentence: String? {
    guard let books, isMeminfoOfTool || books.isOfSums else { return nil }
    if let available = availability, !available.isUpperBound {
      // A quarter is far above what the kernel keeps for itself and above what any rule calls low.
      let calm = available.bytes >= books.total / 4 ? "memory isn't short: " : ""
      return calm
        + "\(Amount.short(available.bytes)) of \(Amount.short(books.total)) are available"
    }
    guard let free = books[.free]?.bytes else { return nil }
    let cache = books[.pageCache]?.bytes
    return "\(Amount.short(free.plus(cache ?? 0))) of \(Amount.short(books.total)) are free"
      + (cache == nil ? "" : " or page cache")
  }

  /// What a tool calls used, and cache.
  var sums: String? {
    let parts = [
      used.map { "\(Amount.short($0)) used" },
      caches.map { "\(Amount.short($0)) buffers and cache, most of it given back when needed" },
    ].compactMap(\.self)
    let tool = moment.standIns.first { $0.file.path == "proc/meminfo" }
    guard let tool, !parts.isEmpty else { return nil }
    return "by \(tool.form.words): " + parts.joined(separator: ", ")
  }

  /// What a tool's sums leave to the kernel.
  private var kernelSentence: String? {
    if let kernel = kernelOfSmem {
      return "the kernel has \(Amount.short(kernel)) that is no cache"
    }
    guard let offLists, let books, offLists > books.total / 10 else { return nil }
    return "\(Amount.short(offLists)) are neither free nor on the lists of programs and files: the "
      + "kernel's, huge pages or locked"
  }

  /// What is in use beside all that programs have, where both are known.
  private var notPrograms: String? {
    guard let programs = listedPrograms, programs.isWhole, let used, let books else { return nil }
    let rest = used.minus(programs.resident).minus(programs.error)
    guard rest > books.total / 10 else { return nil }
    return "\(Amount.short(used)) are in use, and \(programs.sentence): at least "
      + "\(Amount.short(rest)) are the kernel's, or files and shared memory that no program maps"
  }

  /// Whether a tool stands for meminfo.
  var isMeminfoOfTool: Bool { moment.standIns.contains { $0.file.path == "proc/meminfo" } }
}
