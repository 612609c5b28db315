/// What was seen while the kernel's allocations were traced, as `kmemcheck trace -o` keeps it.
///
/// A format of kmemcheck's own: a line for each fact, and for each stack its sums and its frames.
package struct TraceRecord: Hashable, Sendable {
  /// Which of the kernel's allocators handed the memory out.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case kmalloc, cache, pages, percpu
  }

  /// What follows allocations.
  package enum Engine: String, Hashable, Sendable, CaseIterable {
    /// A program of BPF in the kernel.
    case programs = "bpf"
    /// Events of tracefs, of which samples are read.
    case tracefs
  }

  /// All allocations of one stack, one size and one cache.
  package struct Sum: Hashable, Sendable {
    /// The allocator.
    package var kind: Kind
    /// Bytes that each object takes.
    package var size: Int64
    /// The slab cache's name; nil for other kinds, and where it isn't known.
    package var cache: String?
    /// The stack, the innermost frame first; empty where there was none.
    package var frames: [KmemleakFrame]
    /// Allocations in each window.
    package var allocated: [Int64]
    /// Of those allocated in each window, the objects that weren't freed by the end.
    package var left: [Int64]
    /// Frees that were seen, by the window in which they were seen.
    package var freed: [Int64]
    /// Frees that were proven later, as the address was handed out again, by window.
    package var reused: [Int64]

    /// Sums of these amounts.
    package init(
      kind: Kind, size: Int64, cache: String?, frames: [KmemleakFrame], allocated: [Int64],
      left: [Int64], freed: [Int64], reused: [Int64]
    ) {
      self.kind = kind
      self.size = size
      self.cache = cache
      self.frames = frames
      self.allocated = allocated
      self.left = left
      self.freed = freed
      self.reused = reused
    }
  }

  /// What the kernel's own books held of one thing when the trace began, and when it ended.
  package struct Book: Hashable, Sendable {
    /// What is booked.
    package enum Subject: Hashable, Sendable {
      /// A slab cache, in objects; whether the kernel counts it as reclaimable, where that is known.
      case cache(name: String, size: Int64, isReclaimable: Bool?)
      /// A class of memory by its id in the books, in bytes.
      case memoryClass(String)
    }

    /// What is booked.
    package var subject: Subject
    /// The amount at the beginning.
    package var before: Int64
    /// The amount at the end.
    package var after: Int64
    /// The other names of a merged cache.
    package var aliases: [String] = []

    /// A book with its two amounts.
    package init(_ subject: Subject, before: Int64, after: Int64, aliases: [String] = []) {
      self.subject = subject
      self.before = before
      self.after = after
      self.aliases = aliases
    }
  }

  /// What tells one build of the kernel and its modules from another.
  package struct Builds: Hashable, Sendable {
    /// The kernel's build id, in hexadecimal digits; nil where it isn't known.
    package var kernel: String?
    /// Those of modules by name.
    package var modules: [String: String] = [:]

    /// Nothing is known of any build.
    package init() {}
  }

  /// The kernel's release.
  package var release: String?
  /// Processors of the machine.
  package var processors: Int64 = 1
  /// When the trace began, in seconds since 1970 UTC.
  package var wall: Int64 = 0
  /// The ends of the windows, in seconds since the beginning.
  package var windows: [Double] = []
  /// Of so many addresses one was followed; 1 where all were.
  package var sampling: Int64 = 1
  /// The allocators that were traced.
  package var kinds: Set<Kind> = []
  /// The only cache that was traced; nil where all were.
  package var cache: String?
  /// The only size of kmalloc that was traced, in bytes; nil where all were.
  package var size: Int64?
  /// The only process whose allocations were traced; nil where all were.
  package var pid: Int64?
  /// The command that ran meanwhile; empty where its words aren't known, nil if there was none.
  ///
  /// They aren't kept: a command's words may be secrets.
  package var command: [String]?
  /// Allocations that were followed.
  package var kept: Int64 = 0
  /// Of those, events that were lost, as there was no room for them.
  package var lost: Int64 = 0
  /// Events that were seen, frees among them, and those that weren't to be followed.
  package var seen: Int64 = 0
  /// Events that the kernel skipped, of any size.
  package var missed: Int64 = 0
  /// Whether frees by kfree_rcu() were seen.
  package var seesDelayedFrees = false
  /// Nanoseconds of the processors that tracing took; nil where that wasn't measured.
  package var cost: Int64?
  /// What followed the allocations.
  package var engine = Engine.programs
  /// Whether a signal ended the trace before its time.
  package var isInterrupted = false
  /// Build ids of the kernel and of the modules in its stacks, by which files with debugging information are known.
  package var builds = Builds()
  /// The sums by stack.
  package var sums: [Sum] = []
  /// What the kernel's books gained meanwhile.
  package var books: [Book] = []

  /// An empty record.
  package init() {}

  /// Seconds that the trace took.
  package var seconds: Double { windows.last ?? 0 }

  /// The share of the machine's processors that tracing took; nil where that wasn't measured.
  package var costShare: Double? {
    guard let cost, seconds > 0 else { return nil }
    return Double(cost) / 1e9 / seconds / Double(max(1, processors))
  }
}

extension TraceRecord.Sum {
  /// The sums with all amounts multiplied; what is rounded off one window goes to the next, so that the
  /// whole is right.
  package func multiplied(by factor: Double) -> TraceRecord.Sum {
    func all(_ counts: [Int64]) -> [Int64] {
      var (whole, done) = (0.0, Int64(0))
      return counts.map { count in
        whole += Double(count) * factor
        let part = Int64(whole.rounded()) - done
        done += part
        return part
      }
    }
    var sum = self
    (sum.allocated, sum.left) = (all(allocated), all(left))
    (sum.freed, sum.reused) = (all(freed), all(reused))
    return sum
  }
}
