import KmemAnalysis

extension Finding {
  static func slab(_ share: Share, _ largest: CacheSuspect?) -> String {
    let name = largest.map { suspect in
      let noun = suspect.companions.isEmpty ? "cache is" : "caches are"
      return "; the largest \(noun) \(suspect.words) with \(Amount.short(suspect.bytes))"
    }
    return "unreclaimable slab holds \(share.words)" + (name ?? "")
  }

  static func large(_ suspect: CacheSuspect, part: Double, ofListed: Bool) -> String {
    let isOne = suspect.companions.isEmpty
    let count = Amount.count(suspect.cache.objects)
    return "slab cache\(isOne ? "" : "s") \(suspect.words) hold\(isOne ? "s" : "") "
      + "\(Amount.short(suspect.bytes)) in \(count) objects\(isOne ? "" : " each"), "
      + "\(Amount.percent(part)) of \(ofListed ? "the caches listed" : "all slab")"
  }

  /// What the reader of a suspect cache can do: by whose its objects are.
  static func remedy(_ suspect: CacheSuspect?) -> String {
    guard let suspect else {
      return "/proc/slabinfo (root) names the caches; two moments of it show which one grows: "
        + "kmemcheck diff"
    }
    switch suspect.cache.side {
    case .heldForUserSpace:
      return
        "programs hold these: see which one with kmemcheck top; they go when it closes them or "
        + "ends"
    case .debugging:
      return "it is the debugging tool's own memory and no leak: boot without the tool to have it "
        + "back"
    case .kernel, .free, .userSpace, .cache, .unaccounted:
      return trace(suspect)
    }
  }

  /// How to find who allocates: what works on the kernel that has a cache of that name.
  private static func trace(_ suspect: CacheSuspect) -> String {
    let compare = "see with kmemcheck diff whether it grows"
    let name = suspect.cache.name
    if suspect.owner != nil { return "\(compare); if so, unload or update its owner" }
    // SLUB, and its option slub_debug, never had caches of that name.
    if name.hasPrefix("size-") {
      return "\(compare); /proc/slab_allocators (CONFIG_DEBUG_SLAB_LEAK) names who allocates"
    }
    guard let size = GenericCache.size(name) else {
      return "\(compare); slub_debug=U,\(name) at boot names who allocates"
    }
    return "\(compare); slub_debug=U,\(name) at boot names who has it, perf record -ag -e "
      + "kmem:kmalloc --filter bytes_alloc==\(size) who asks for more now"
  }

  static func lockstep(_ group: Lockstep) -> String {
    "\(list(group.caches)) have \(Amount.count(group.count)) objects each or a multiple: parts of "
      + "one thing, leaked as often, of about \(Amount.short(group.bytesEach)) each, "
      + "\(Amount.short(group.bytes)) in all"
  }

  static func packets(_ packets: NetworkPackets) -> String {
    "\(Amount.rounded(packets.count)) network packets hold \(Amount.short(packets.bytes)) "
      + "(\(list(packets.caches))): a network driver or a socket's queue keeps them"
  }

  static func list(_ caches: [SlabUsage.Cache]) -> String {
    let names = caches.prefix(4).map(\.name)
    let more = caches.count - names.count
    if more > 0 { return names.joined(separator: ", ") + " and \(more) more" }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and \(last)"
  }
}

extension Finding {
  static func dead(_ dead: DeadObjects) -> String {
    let counted = (dead.isBound ? "at most " : "") + Amount.count(dead.counted)
    let others = dead.companions.isEmpty ? "" : " in all with \(list(dead.companions))"
    return "\(Amount.count(dead.caches.sum(\.objects))) \(list(dead.caches)) while \(counted) "
      + "\(dead.things.counted): \(Amount.rounded(dead.dead)) \(dead.things.dead), "
      + "\(Amount.short(dead.bytes))\(others)"
  }

  static func remedy(_ dead: DeadObjects) -> String {
    switch dead.things {
    case .openFiles:
      "something in the kernel took references to files and never dropped them: compare with "
        + "kmemcheck diff, and look at modules that open files"
    case .sockets:
      "something in the kernel took references to sockets and never dropped them: look at network "
        + "modules (VPN, proxies, filters), then at other network namespaces"
    case .mounts:
      "findmnt -N PID shows those of other mount namespaces; umount -l and containers that ended "
        + "leave such"
    case .threads, .processes, .zombies, .timeWait, .trackedConnections, .socketBuffers, .inodes,
      .dentries, .routes, .dyingCgroups, .controlGroups, .semaphores, .messages, .namespaces:

      "something took references to tasks and never dropped them: look at modules that follow "
        + "processes (security agents, tracing, BPF), and boot without them; an update may mend it"
    }
  }
}

extension CacheSuspect {
  /// The cache with what is known of it: `ndpi_ctinfo (module xt_ndpi)`.
  fileprivate var words: String {
    let names = companions.isEmpty ? cache.name : Finding.list([cache] + companions)
    guard let known = owner.map({ OwnerFormat.owner($0.owner) }) ?? cache.meaning?.objects else {
      return names
    }
    return "\(names) (\(known))"
  }
}

extension KernelCount {
  /// What the kernel counts, behind a number.
  fileprivate var counted: String {
    switch self {
    case .openFiles: "files are open"
    case .sockets: "sockets are in use"
    case .mounts: "mounts are in sight"
    case .threads, .processes, .zombies, .timeWait, .trackedConnections, .socketBuffers, .inodes,
      .dentries, .routes, .dyingCgroups, .controlGroups, .semaphores, .messages, .namespaces:
      "tasks exist"
    }
  }

  /// What the rest is, behind a number.
  fileprivate var dead: String {
    switch self {
    case .openFiles: "closed files are still referenced"
    case .sockets: "closed sockets are still referenced"
    case .mounts: "mounts are left behind or in other namespaces"
    case .threads, .processes, .zombies, .timeWait, .trackedConnections, .socketBuffers, .inodes,
      .dentries, .routes, .dyingCgroups, .controlGroups, .semaphores, .messages, .namespaces:
      "dead tasks are still referenced"
    }
  }
}
