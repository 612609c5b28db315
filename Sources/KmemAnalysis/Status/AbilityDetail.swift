package import KmemParsers

/// What there is to say beside the state of an ability.
package enum AbilityDetail: Hashable, Sendable {
  /// Where the configuration was found.
  case origin(String)
  case root, rootWithoutCapabilities, notRoot
  case mounted(at: String)
  case notMounted
  case lockdown(Lockdown)
  /// The kernel is older than lockdown (5.4).
  case beforeLockdown
  case lockdownNotBuilt
  /// The kernel lacks events that are followed (before 4.14).
  case beforeTracing
  case addressesHidden
  case kmemleak(KmemleakState)
  /// Whether kmemleak is on without `kmemleak=on`.
  case kmemleakByDefault(Bool)
  case scansOnRequest
  /// The kernel is older than the option that keeps the scanner from starting (5.0).
  case alwaysScans
  /// The option that says how many objects there is room for, and its value where it's known.
  case room(Remedy.SizeOption, objects: String?)
  /// The slab allocator: SLUB, SLAB or SLOB.
  case allocator(String)
  /// The patterns of the names of the only caches that are traced.
  case tracedOnly([String])
  case notTraced
  /// How many names share their cache with others.
  case sharedNames(Int)
  /// Caches of one size are merged, whatever their names.
  case merging
  /// The allocator is SLAB of a kernel before it merged caches (3.18).
  case beforeMerging
  /// This release doesn't have the option yet; the first that does, where it's known.
  case laterRelease(first: String?)
  /// Debug information is in the build's vmlinux or a package, not in memory.
  case outsideMemory
}
