/// What two snapshots allow to be said.
///
/// They can say "grew", never "leak".
package struct GrowthVerdict: Hashable, Sendable {
  package let word: Word
  /// Growth below this is noise: counters are summed lazily, per-CPU lists breathe.
  ///
  /// Bytes.
  package let floor: Int64
  /// Growth by whose memory it is, in bytes.
  package let cache: Int64
  package let user: Int64
  /// Slab caches that the kernel keeps on behalf of user space: open files, sockets, tmpfs inodes.
  package let heldForUser: Int64
  /// Kernel memory that nothing here explains.
  package let kernel: Int64
  package let unaccounted: Int64

  package enum Word: String, Hashable, Sendable {
    case growing = "growing, cause unknown"
    case userSpace = "user space grew"
    case heldForUserSpace = "held for user space"
    case cache = "cache (reclaimable)"
    case stable = "stable"
    case undecided = "not enough data"
  }

  init(kind: Growth.Kind, total: Int64, classes: [ClassChange], caches: [CacheChange]) {
    func growth(_ members: MemoryClass...) -> Int64 {
      classes.filter { members.contains($0.memoryClass) }.sum { $0.bytes.growth ?? 0 }
    }
    floor = max(2 << 20, total / 5000)
    // Some caches go away with the reclaimable objects they belong to, though they aren't counted so.
    let attached = caches.filter(\.isAttachedToCache).sum(\.growth)
    cache = growth(.pageCache, .slabReclaimable, .kernelMiscReclaimable).plus(attached)
    user = growth(.anonymous, .shmem, .lruInTransit, .hugePages)
    let held = caches.filter(\.isHeldForUser).sum(\.growth)
    let threads = growth(.kernelStacks, .pageTables, .shadowCallStacks)
    heldForUser = held.plus(threads)
    let other = classes.filter { $0.memoryClass.side == .kernel }
      .filter { $0.memoryClass != .instrumentation }.sum { $0.bytes.growth ?? 0 }
    kernel = other.minus(heldForUser).minus(attached)
    unaccounted = growth(.unaccounted)
    word = Self.word(kind, floor, kernel.plus(unaccounted), heldForUser, user, cache, classes)
  }

  private static func word(
    _ kind: Growth.Kind, _ floor: Int64, _ kernel: Int64, _ held: Int64, _ user: Int64,
    _ cache: Int64, _ classes: [ClassChange]
  ) -> Word {
    guard kind == .growth || kind == .assumed else { return .undecided }
    guard classes.contains(where: { $0.bytes.growth != nil }) else { return .undecided }
    let most = max(kernel, held, user, cache)
    guard most >= floor else { return .stable }
    // Kernel memory is what this program is asked about: it is named even beside a larger cache.
    if kernel >= floor, kernel == most || kernel >= most / 10 || kernel >= 16 << 20 {
      return .growing
    }
    if held == most { return .heldForUserSpace }
    return user == most ? .userSpace : .cache
  }
}

extension CacheChange {
  /// Whether it's counted as unreclaimable and yet shrinks with a reclaimable cache.
  var isAttachedToCache: Bool {
    isReclaimable == false && meaning?.holder == .reclaimableCache
  }

  var isHeldForUser: Bool { isReclaimable != true && meaning?.holder == .userSpace }
}
