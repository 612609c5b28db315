import KmemAnalysis

extension Finding {
  static func compressed(_ share: Share, _ stored: Int64?) -> String {
    "zram and zswap hold \(share.words)"
      + (stored.map { " for \(Amount.short($0)) that was swapped out" } ?? "")
  }
}

extension PercpuShare {
  /// What it is, and what holds it most often, without a full stop.
  var sentence: String {
    let amount = Amount.short(bytes) + (part.map { " (\(Amount.percent($0)))" } ?? "")
    let start = "per-CPU memory is \(isUpperBound ? "at most " : "")\(amount)"
    guard let slab else { return start }
    return "\(start), and unreclaimable slab \(slab.words): memory cgroups that were deleted and "
      + "are still there hold both"
  }

  /// How to learn whose it is.
  var remedy: String {
    "look at cgroups: nr_dying_descendants in /sys/fs/cgroup/cgroup.stat, num_cgroups of memory in "
      + "/proc/cgroups; allocinfo names lines of source"
  }
}

extension LeftCgroups {
  /// How many there are, without a full stop.
  var sentence: String {
    switch self {
    case .controllers(let memory, let others?):
      "memory has \(Amount.count(memory)) cgroups, the other controllers "
        + "\(others == 0 ? "none" : "\(Amount.count(others)) at most"): the rest are deleted and "
        + "still held by memory charged to them"
    case .controllers(let memory, nil):
      "memory has \(Amount.count(memory)) cgroups: if fewer directories exist, the rest are deleted "
        + "and still held by memory charged to them"
    case .caches(let count):
      "there are \(Amount.count(count)) slab caches: each memory cgroup has its own before 5.9, the "
        + "deleted ones too"
    }
  }

  /// What frees them.
  var remedy: String {
    "dropping caches frees those that only cache holds (sysctl vm.drop_caches=2); count those that "
      + "exist: find /sys/fs/cgroup/memory -type d | wc -l"
  }
}

extension CMA {
  /// Why requests fail though memory is free, without a full stop.
  func freeSentence(_ left: Int64?) -> String {
    "\(Amount.short(free)) of \(Amount.short(memFree)) free memory is CMA, which the kernel can't use "
      + "for itself" + (left.map { ": \(Amount.short($0)) are available without it" } ?? "")
  }

  /// How much of it is in use, without a full stop.
  var useSentence: String {
    "\(Amount.short(total.minus(free))) of \(Amount.short(total)) of CMA are in use, by devices or by "
      + "movable pages"
  }
}
