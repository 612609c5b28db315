/// Whose memory something is, which decides what its growth can mean.
///
/// The one classification: classes of memory, slab caches, callers of vmalloc, lines of source and
/// counts each say on which side they are, and every verb and verdict reads it there.
package enum MemorySide: String, CaseIterable, Hashable, Sendable {
  case free
  /// Programs' own: it goes when they end.
  case userSpace
  /// Kept by the kernel for what programs hold open, mapped, mounted or stored.
  case heldForUserSpace
  /// Given back when memory runs short.
  case cache
  /// The kernel's own, or its drivers'.
  case kernel
  /// In no class: what is left of MemTotal.
  case unaccounted
  /// What kernel debugging itself holds; it grows with what it watches, and is never accused.
  case debugging
}

extension MemorySide {
  /// Whether growth may be a leak of the kernel's or a driver's.
  package var isSuspect: Bool {
    switch self {
    case .kernel, .unaccounted: true
    case .free, .userSpace, .heldForUserSpace, .cache, .debugging: false
    }
  }

  /// What sure growth on this side is called; nothing where growth means nothing.
  package var conclusion: Conclusion? {
    switch self {
    case .free, .debugging: nil
    case .userSpace: .userSpace
    case .heldForUserSpace: .heldForUserSpace
    case .cache: .cache
    case .kernel, .unaccounted: .growing
    }
  }

  /// The sides of memory that is in use, in the order in which they are told.
  package static let inUse: [MemorySide] = [
    .userSpace, .kernel, .unaccounted, .heldForUserSpace, .cache,
  ]
}
