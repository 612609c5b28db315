import KmemAnalysis

extension UnaccountedSuspects {
  /// What is in no class, and what may have it, without a full stop.
  func sentence(_ share: Finding.Share) -> String {
    let start = "\(share.words) are in no class"
    let missing = missingWords
    guard missing.isEmpty else {
      return "\(start); \(Self.absence(missing)) in these files"
    }
    if zfs == .loaded {
      return "\(start): the cache of ZFS, of which arcstats tells, or drivers' pages"
    }
    if let bytes = balloon?.bytes, bytes >= share.bytes / 2 {
      return "\(start): the balloon, which has \(Amount.short(bytes)), or drivers' pages"
    }
    if let balloon, balloon.bytes == nil {
      return
        "\(start): the balloon\(balloon.driver.words), whose pages this kernel doesn't count, or "
        + "drivers' pages"
    }
    let candidates =
      (gpuDrivers.isEmpty ? [] : ["buffers of the GPU (\(gpuDrivers.joined(separator: ", ")))"])
      + (zfs == .possible ? ["the cache of ZFS"] : []) + (mayBeBalloon ? ["a balloon"] : [])
      + (mayBeCompressed ? ["compressed swap"] : [])
    return "\(start): "
      + Self.list(candidates + ["pages that drivers took with alloc_pages"], last: "or")
  }

  /// What is in no class while lines are missing, without a full stop.
  func incomplete(_ share: Finding.Share) -> String {
    "\(share.words) are in no class; \(absenceInThisFile)"
  }

  /// The classes that have no amount, without a full stop.
  var absenceInThisFile: String { "\(Self.absence(missingWords)) in this file" }

  private static func absence(_ things: [String]) -> String {
    "\(list(things, last: "and")) \(things.count == 1 && !things[0].hasSuffix("s") ? "is" : "are") not"
  }

  /// What would tell more of a file that is cut.
  var incompleteRemedy: String {
    "copy the whole /proc/meminfo" + (unknown.contains(.percpu) ? ", and /proc/vmallocinfo" : "")
  }

  /// The files that would tell, else how to find whose the pages are.
  var remedy: String {
    var files: [String] = []
    if unknown.contains(.percpu) || unknown.contains(.vmalloc) { files.append("/proc/vmallocinfo") }
    if unknown.contains(.hugePages) || hasOtherHugePages {
      files.append("/sys/kernel/mm/hugepages")
    }
    if !hasModules { files.append("/proc/modules") }
    if zfs != .excluded { files.append("/proc/spl/kstat/zfs/arcstats") }
    if mayBeBalloon || mayBeCompressed { files.append("/proc/vmstat") }
    if !gpuDrivers.isEmpty {
      files += ["/sys/kernel/debug/dma_buf/bufinfo", "drm-memory in /proc/PID/fdinfo"]
    }
    guard !files.isEmpty else {
      return "compare two moments with kmemcheck diff; page_owner=on or allocinfo would name them"
    }
    return
      "\(Self.list(files, last: "and")) would tell more; page_owner=on or allocinfo would name "
      + "whose the pages are"
  }

  /// Titles without their comma, which would read as the end of an item.
  private static let plain: [MemoryClass: String] = [
    .lruInTransit: "LRU lists", .slabUnreclaimable: "unreclaimable slab",
  ]

  private var missingWords: [String] {
    unknown.map { Self.plain[$0] ?? $0.title }
      + (hasOtherHugePages ? ["huge pages of other sizes"] : [])
  }

  /// `a, b and c`.
  static func list(_ items: [String], last word: String) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return "\(items.dropLast().joined(separator: ", ")) \(word) \(last)"
  }
}

extension Balloon {
  /// How much the host has, and whether MemTotal shows it, without a full stop.
  func sentence(_ bytes: Int64) -> String {
    let start = "the host took \(Amount.short(bytes)) by the balloon\(driver.words)"
    return switch isInMemTotal {
    case true: "\(start); MemTotal still counts them, in no class"
    case false: "\(start): MemTotal is that much lower"
    case nil: "\(start); whether MemTotal still counts them isn't in these files"
    }
  }

  /// What the user can do.
  var remedy: String { "the host decides: give the machine more memory, or a reservation" }
}

extension Balloon.Driver {
  fileprivate var words: String {
    switch self {
    case .vmware: " (vmw_balloon)"
    case .virtio: " (virtio_balloon)"
    case .hyperV: " (hv_balloon)"
    case .xen: " (xen_balloon)"
    case .unknown: ""
    }
  }
}
