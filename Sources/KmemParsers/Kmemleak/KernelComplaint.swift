/// A line with which the kernel begins to report a fault of its own that is neither a leak which kmemleak found
/// nor a lack of memory: people who look for leaks paste these as well.
package struct KernelComplaint: Hashable, Sendable {
  /// What the kernel reports.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Memory used when it was freed, or beyond its end, found by KASAN or KFENCE.
    case misuse
    /// Memory read before anything was written to it (KMSAN).
    case uninitialised
    /// Two processors that meet in one place (KCSAN).
    case race
    /// Arithmetic and indices that C doesn't define (UBSAN).
    case undefined
    /// Objects left in a slab cache that its owner gave up, which is a leak.
    case leftObjects
    /// Bytes of an object changed by somebody who doesn't own it (`slub_debug`).
    case corruption
    /// A processor, or a grace period of RCU, that doesn't get on.
    case lockup
    /// A task that waits for minutes.
    case hungTask
    /// Locks that are taken in two orders, or where nobody may sleep.
    case locking
    /// A count of references that ran out of its range.
    case refcount
    /// A reference to a network device, or to inodes, that nobody gives back, which is a leak.
    case keptReference
    /// DMA mappings that a driver never undid, which is a leak.
    case keptMapping
    /// A page whose books are wrong when it's freed.
    case badPage
    /// The kernel met an address that it can't use, or a check of its own failed.
    case oops
    /// A request that waits for seconds until memory is given back (4.10 to 4.14).
    case stalledRequest
    /// The stack of a report that memory ran out, without the report.
    case shortageStack
    /// The kernel stopped.
    case panic
  }

  /// What is reported.
  package let kind: Kind
  /// The line from its known words on, at most 120 bytes of it.
  package let text: String
  /// The line's number, counted from 1.
  package let line: Int

  /// The complaint that a line begins, which has that number; nothing for any other line.
  package init?(_ line: Span<UInt8>, number: Int) {
    guard line.mayComplain else { return nil }
    for mark in Self.marks {
      guard let place = line.offset(ofBytes: mark.text) else { continue }
      kind = mark.kind
      // Whom it is about may stand before the words.
      let start = Self.beginnings.compactMap { line.offset(ofBytes: $0) }.min().map {
        min($0, place)
      }
      text =
        line.extracting((start ?? place)..<min(line.count, (start ?? place) + 120)).trimmed().text
      self.line = number
      return
    }
    return nil
  }

  /// The first complaint of a text; a bare stack only where nothing else is there.
  package init?(in text: Span<UInt8>) {
    var found: KernelComplaint?
    var lines = Lines(text)
    while let line = lines.next() {
      guard let next = KernelComplaint(line, number: lines.number) else { continue }
      if found == nil || next.kind != .shortageStack { found = next }
      if next.kind != .shortageStack { break }
    }
    guard let found else { return nil }
    self = found
  }

  private static let beginnings = ["BUG", "INFO: task ", "kmem_cache_destroy", "slab error in "]
    .map { Array($0.utf8) }

  private static let marks: [(text: [UInt8], kind: Kind)] = words.flatMap { kind, words in
    words.map { (Array($0.utf8), kind) }
  }

  /// The words by which lines are known, of the kernels from 2.6.32 on.
  private static let words: [(Kind, [String])] = [
    (.misuse, ["BUG: KASAN: ", "BUG: KASan: ", "BUG: KFENCE: "]),
    (.uninitialised, ["BUG: KMSAN: "]), (.race, ["BUG: KCSAN: "]), (.undefined, ["UBSAN: "]),
    (.lockup, ["BUG: soft lockup", "hard LOCKUP", "detected stall"]),
    (.hungTask, ["blocked for more than "]),
    (.locking, ["possible circular locking", "possible recursive locking"]),
    (.locking, ["sleeping function called from invalid", "BUG: scheduling while atomic"]),
    (.refcount, ["refcount_t: "]), (.stalledRequest, ["page allocation stalls for "]),
    (.keptReference, ["unregister_netdevice: waiting for ", "Busy inodes after unmount"]),
    (.keptMapping, ["pending DMA allocations"]),
    (.leftObjects, ["Can't free all objects"]),
    (
      .leftObjects,
      ["Slab cache still has objects", "Objects remaining in ", "Objects remaining on "]
    ),
    (.badPage, ["BUG: Bad page ", "BUG: Bad rss-counter"]),
    (.oops, ["BUG: unable to handle ", "nable to handle kernel ", "kernel BUG at "]),
    (.oops, ["general protection fault"]), (.panic, ["Kernel panic - not syncing"]),
    (
      .shortageStack,
      ["mem_cgroup_out_of_memory+0x", " out_of_memory+0x", " out_of_memory.cold+0x"]
    ),
    (.corruption, ["): Redzone ", "): Right Redzone", "): Left Redzone", "): Poison overwritten"]),
    (
      .corruption,
      ["): Object already free", "): Object padding overwritten", "): Freepointer corrupt"]
    ),
    (.corruption, ["): Invalid object pointer", "): Wrong object count"]),
  ]
}

extension KernelComplaint {
  /// What it is, and what to do, as words that go on behind `this is`.
  package var words: String { "\(kind.name) (line \(line): \"\(text)\"): \(kind.advice)" }

  /// Whether the kernel stopped for want of memory, which the reports on memory tell of.
  package var isForWantOfMemory: Bool {
    kind == .panic && (text.contains("ut of memory") || text.contains("on memory"))
  }

  /// Whether the fault itself is that something was never given back.
  package var isOfLeak: Bool { [.leftObjects, .keptReference, .keptMapping].contains(kind) }
}

extension KernelComplaint.Kind {
  fileprivate var name: String {
    switch self {
    case .misuse: "a report of memory that was misused (KASAN, KFENCE)"
    case .uninitialised: "a report of memory that was read before it was written (KMSAN)"
    case .race: "a report of a data race (KCSAN)"
    case .undefined: "a report of undefined behaviour (UBSAN)"
    case .leftObjects: "the kernel's word that a slab cache was given up with objects in it"
    case .corruption: "a report of slab memory that was overwritten (slub_debug)"
    case .lockup: "a report of a processor that got stuck"
    case .hungTask: "a report of a task that waits for minutes"
    case .locking: "a report of locks that are taken wrongly"
    case .refcount: "a warning of a count of references"
    case .keptReference: "the kernel's word that a reference wasn't given back"
    case .keptMapping: "the kernel's word that a driver left DMA mappings behind"
    case .badPage: "a report of a page whose books are wrong"
    case .oops: "a report that the kernel crashed"
    case .stalledRequest: "a report that a request waited for memory"
    case .shortageStack: "the stack of a report that memory ran out, without the report"
    case .panic: "a report that the kernel stopped"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .misuse:
      "that is no leak. The function in it touched memory that it doesn't own; the stacks "
        + "\"Allocated by\" and \"Freed by\" say whose that was"
    case .uninitialised, .race, .undefined:
      "a fault of the code that it names, and neither a leak nor a lack of memory"
    case .leftObjects:
      "they leaked. Which code took them tells slub_debug=U with the cache's name, or a kmemleak scan "
        + "before the module goes"
    case .corruption:
      "no leak. Somebody wrote beyond an object or into a freed one; \"Allocated in\" and \"Freed in\" "
        + "below it say whose that was, KASAN finds who wrote"
    case .lockup, .hungTask:
      "no leak. It may come of want of memory, which it doesn't tell: /proc/meminfo of that machine, or "
        + "lines of the log with \"oom-killer\", would"
    case .locking: "a fault of the code that it names, and neither a leak nor a lack of memory"
    case .refcount:
      "the code in its stack gave back one reference too many or too few; saturated ones leak their "
        + "object, which a kmemleak scan can't see"
    case .keptReference:
      "it leaked. Who took it, the kernel tells with CONFIG_NET_DEV_REFCNT_TRACKER (5.17) for network devices; "
        + "kmemleak can't see it, as the object is still linked"
    case .keptMapping:
      "they leaked, in the driver whose device it names; the line \"mapped by\" or its stack tells where"
    case .badPage: "memory was freed while in use, or its counts are wrong: no leak is told of"
    case .oops, .panic:
      "no leak is told of. Where memory was short, lines above it say so (\"oom-killer\", \"page "
        + "allocation failure\")"
    case .stalledRequest:
      "memory was short then. Who held it stands in the lines from \"Mem-Info:\" on, which aren't here"
    case .shortageStack:
      "who held memory stands in its other lines: paste the log from \"invoked oom-killer\" down to "
        + "\"Out of memory\""
    }
  }
}

extension Span<UInt8> {
  /// Whether the line has four letters such as `BUG:` or `INFO`, of which each complaint has some: most lines of
  /// a log have none, and one pass costs less than to look for each of the words.
  fileprivate var mayComplain: Bool {
    var last: UInt32 = 0
    for index in 0..<count {
      last = last << 8 | UInt32(self[index])
      switch last {
      // BUG:, BUG and a blank, INFO, UBSA, LOCK, stal, nabl, sync, WARN, refc, unre, DMA-, ject, prot, out_, Busy.
      case 0x4255473A, 0x42554720, 0x494E464F, 0x55425341, 0x4C4F434B, 0x7374616C, 0x6E61626C,
        0x73796E63, 0x5741524E, 0x72656663, 0x756E7265, 0x444D412D, 0x6A656374, 0x70726F74,
        0x6F75745F, 0x42757379:
        return true
      default: continue
      }
    }
    return false
  }
}
