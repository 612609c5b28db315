import KmemAnalysis

extension Finding {
  static func pageTables(_ share: Share, _ program: ProgramShare?) -> String {
    "page tables hold \(share.words)" + (program.map { ", \($0.words) \($0.bytes) of it" } ?? "")
  }

  static func kernelStacks(_ share: Share, _ threads: Int64?, _ program: ProgramShare?) -> String {
    let count = threads.map { " of \(Amount.count($0)) threads" } ?? ""
    let most = program.map { ", of which \($0.words) has \(Amount.count($0.amount))," } ?? ""
    return "kernel stacks\(count)\(most) hold \(share.words)"
  }

  static func vmalloc(_ share: Share, _ callers: [NamedAmount<VmallocCaller>]) -> String {
    let names = callers.map { "\($0.name.title) \(Amount.short($0.bytes))" }
    return "vmalloc areas hold \(share.words)"
      + (names.isEmpty ? "" : ": \(names.joined(separator: ", "))")
  }

  static func shmem(_ share: Share, _ holders: ShmemHolders) -> String {
    let segments = holders.systemV.flatMap { $0 >= share.bytes / 10 ? $0 : nil }
      .map { "System V segments have \(Amount.short($0))" }
    let process = holders.process.map { "\($0.name) maps \($0.bytes)" }
    let known = [segments, process].compactMap { $0 }.joined(separator: ", ")
    return
      "shared memory and files in tmpfs hold \(holders.isEstimate ? "about " : "")\(share.words)"
      + (known.isEmpty ? "" : "; \(known)")
  }

  /// Where to look for who has it: what the files have already told isn't asked again.
  static func remedy(_ share: Share, _ holders: ShmemHolders) -> String {
    let places = holders.mounts.filter { !$0.hasPrefix("/run/user/") && $0 != "/sys/fs/cgroup" }
    let mounts = places.isEmpty ? "" : " (\(places.prefix(4).joined(separator: ", ")))"
    let segments = (holders.systemV ?? share.bytes) >= share.bytes / 10
    return "df -t tmpfs shows files in tmpfs\(mounts)"
      + (segments ? ", ipcs -mu segments" : "")
      + "; the rest is memfd, shared anonymous memory or a GPU's; it stays until it is removed"
  }

  static func reclaimable(_ share: Share, _ slab: ReclaimableSlab) -> String {
    let cache = slab.largest.map {
      ", \(Amount.short($0.bytes)) of it in \(Amount.count($0.activeObjects)) \($0.name)"
    }
    let negative = slab.negativeDentries.map {
      " (\(Amount.count($0)) entries of names that don't exist)"
    }
    return "reclaimable slab holds \(share.words)\(cache ?? "")\(negative ?? ""): "
      + "the kernel gives it back when memory runs short"
  }

  static func remedy(_ slab: ReclaimableSlab) -> String {
    guard let name = slab.largest?.name else {
      return "/proc/slabinfo (root) names the caches; sysctl vm.drop_caches=2 empties them"
    }
    return name.hasPrefix("dentry")
      ? "a program looks up very many files, perhaps missing ones (strace -f -e trace=%file -c); "
        + "sysctl vm.drop_caches=2 empties it"
      : "a program walks very many files; sysctl vm.drop_caches=2 empties it, vm.vfs_cache_pressure "
        + "above 100 keeps it smaller"
  }

  static func orphans(_ count: Int64, _ limit: Int64) -> String {
    "\(Amount.count(count)) TCP sockets have no process any more (orphans), over the limit of "
      + "\(Amount.count(limit))"
  }
}

extension ProgramShare {
  /// The program and how many processes of it: `oracle (320 processes)`.
  fileprivate var words: String { processes == 1 ? name : "\(name) (\(processes) processes)" }

  fileprivate var bytes: String { Amount.short(amount) }
}
