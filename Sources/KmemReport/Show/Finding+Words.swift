import KmemAnalysis
import KmemSnapshot

extension Finding {
  /// What is wrong, with its number, as a sentence without its full stop.
  var sentence: String {
    switch kind {
    case .container(let evidence):
      "\(evidence.words): meminfo is a container's, the rest its host's"
    case .unmanaged(let managed, let total):
      "the zones manage \(Amount.short(managed)) of MemTotal's \(Amount.short(total))"
    case .zone(let name, let watermark, let free, let freeCMA, let mark):
      Self.zone(name, watermark, free: free, freeCMA: freeCMA, mark: mark)
    case .available(let share):
      "only \(Amount.short(share.bytes)) of memory is available (\(Amount.percent(share.part)))"
    case .countedTwice(let bytes): "\(Amount.short(bytes)) are counted twice among the classes"
    case .unaccounted(let share, let suspects): suspects.sentence(share)
    case .incomplete(let share, let suspects): suspects.incomplete(share)
    case .unreclaimableSlab(let share, let largest): Self.slab(share, largest)
    case .pageTables(let share, let program): Self.pageTables(share, program)
    case .largeCache(let suspect, let part, let ofListed):
      Self.large(suspect, part: part, ofListed: ofListed)
    case .dead(let dead): Self.dead(dead)
    case .lockstep(let group): Self.lockstep(group)
    case .packets(let packets): Self.packets(packets)
    case .reclaimableSlab(let share, let slab): Self.reclaimable(share, slab)
    case .secPageTables(let share):
      "page tables of virtual machines and devices hold \(share.words)"
    case .shmem(let share, let holders): Self.shmem(share, holders)
    case .mlocked(let share): "programs have locked \(share.words) in memory"
    case .kernelStacks(let share, let threads, let program):
      Self.kernelStacks(share, threads, program)
    case .vmalloc(let share, let callers): Self.vmalloc(share, callers)
    case .orphans(let count, let limit): Self.orphans(count, limit)
    case .hugePagesInUse(let share): "\(share.words) are huge pages in use"
    case .otherHugePages(let share):
      "\(share.words) are in huge pages of another size; whether they are idle isn't in this file"
    case .percpu(let share): share.sentence
    case .leftCgroups(let left): left.sentence
    case .balloon(let balloon, let bytes): balloon.sentence(bytes)
    case .cmaFree(let cma, let left): cma.freeSentence(left)
    case .cmaInUse(let cma): cma.useSentence
    case .compressedSwap(let share, let stored): Self.compressed(share, stored)
    case .notInAvailable(let share, let memoryClass):
      "MemAvailable doesn't count \(share.words) of \(memoryClass.title), which is given back"
    case .strayPages(let share):
      "\(share.words) are on the LRU lists, but no process maps them and no file has them: pages "
        + "that something still references, or that leaked"
    case .idleHugePages(let share): "\(share.words) are set aside as huge pages that nobody uses"
    case .stalled(let percent):
      "tasks waited for memory \(Int(min(percent, 100))) % of the last 10 s"
    case .dyingCgroups(let count):
      "\(count) deleted cgroups are still held by memory charged to them"
    case .swapFull(let free, let total):
      "swap is nearly full: \(Amount.short(free)) of \(Amount.short(total)) left"
    case .kills(let count, let last, _):
      "the OOM killer took \(count == 1 ? "a process" : "\(count) processes"); the last: "
        + last.prefix(160)
    case .assumedPageSize:
      "nothing here tells the page size; sizes of caches and zones take it to be 4 KiB"
    }
  }

  private static func zone(
    _ name: String, _ watermark: Watermark, free: Int64, freeCMA: Int64, mark: Int64
  ) -> String {
    // Rounded, both may read the same.
    let isClose = Amount.short(free) == Amount.short(mark)
    let margin = isClose ? " by \(Amount.short(mark.minus(free)))" : ""
    let cma =
      freeCMA > 0 ? " beside \(Amount.short(freeCMA)) in CMA, which only movable pages get" : ""
    return "zone \(name) has \(Amount.short(free)) free\(cma), below its "
      + "\(watermark == .min ? "min" : "low") watermark of \(Amount.short(mark))\(margin)"
  }

  /// What the user can do, or where to look next.
  var remedy: String {
    switch kind {
    case .container:
      "read sizes of classes as the container's, caches and zones as the host's; take the "
        + "snapshot on the host to balance the books"
    case .unmanaged: "a guest whose memory is still being added, or files of two machines"
    case .zone(_, .min, _, _, _):
      "every allocation there reclaims by itself: expect stalls and the OOM killer"
    case .zone(_, .low, _, _, _):
      "kswapd reclaims; if it stays so, something holds memory that reclaim can't take"
    case .available: "see below who holds the rest"
    case .countedTwice: "the files may be from different moments; growth is not affected"
    case .unaccounted(_, let suspects): suspects.remedy
    case .incomplete(_, let suspects): suspects.incompleteRemedy
    case .unreclaimableSlab(_, let largest): Self.remedy(largest)
    case .largeCache(let suspect, _, _): Self.remedy(suspect)
    case .dead(let dead): Self.remedy(dead)
    case .lockstep:
      "see with kmemcheck diff whether they grow together; a module whose objects are made of such "
        + "parts is the suspect"
    case .packets:
      "ss -tunm shows the queues of sockets; if they are short, it is the driver (ethtool -i) or a "
        + "filter: unload or update it"
    case .reclaimableSlab(_, let slab): Self.remedy(slab)
    case .pageTables: "many processes map the same large memory: huge pages would shrink them"
    case .secPageTables:
      "they go with the virtual machines or devices they are for: huge pages would shrink them"
    case .shmem(let share, let holders): Self.remedy(share, holders)
    case .mlocked: "on purpose mostly (databases, virtual machines): VmLck in /proc/PID/status"
    case .kernelStacks:
      "a program starts threads and doesn't end them: ps -eo nlwp,pid,comm --sort -nlwp"
    case .vmalloc:
      "the functions named by vmallocinfo are the owners; see with kmemcheck diff whether they grow"
    case .orphans:
      "ss -tan state fin-wait-1, last-ack shows them; lower tcp_orphan_retries, or raise "
        + "tcp_max_orphans if memory allows"
    case .hugePagesInUse: "programs that map them hold them: a database, a virtual machine"
    case .otherHugePages: "copy /sys/kernel/mm/hugepages too"
    case .percpu(let share): share.remedy
    case .leftCgroups(let left): left.remedy
    case .balloon(let balloon, _): balloon.remedy
    case .cmaFree: "requests of drivers and of the kernel fail though memory is free"
    case .cmaInUse: "devices take it in one piece: requests beyond what is free of it fail"
    case .compressedSwap: "what was swapped out stays in memory, compressed"
    case .notInAvailable: "more can be had than MemAvailable says"
    case .strayPages: "page_owner=on names who took them; huge pages leaked so in some kernels"
    case .idleHugePages: "lower vm.nr_hugepages if no program is about to use them"
    case .stalled: "memory is too small for what runs now; see below who holds it"
    case .dyingCgroups:
      "dropping caches frees those that only cache holds: sysctl vm.drop_caches=3"
    case .swapFull: "when it is full, the OOM killer follows"
    case .kills(_, _, let path): "the report in \(path) lists who held memory then"
    case .assumedPageSize:
      "on ppc64, arm64 or ia64 it may be 16 or 64 KiB: capture meminfo and zoneinfo as well"
    }
  }
}

extension Finding.Share {
  /// The amount and its part of memory: `1.0 GiB (12 %)`.
  var words: String { "\(Amount.short(bytes)) (\(Amount.percent(part)))" }
}

extension ContainerMeminfo.Evidence {
  fileprivate var words: String {
    switch self {
    case .total(let bytes, let zones):
      "meminfo describes \(Amount.short(bytes)), the zones of this kernel \(Amount.short(zones))"
    case .noSlab(let reclaimable):
      "meminfo counts no slab memory beside \(Amount.short(reclaimable)) of KReclaimable"
    }
  }
}
