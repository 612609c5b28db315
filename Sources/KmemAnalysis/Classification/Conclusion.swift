/// What growth, or its absence, allows to be said: the same word in every verb.
package enum Conclusion: String, CaseIterable, Hashable, Sendable {
  case growing = "growing, cause unknown"
  case userSpace = "user space grew"
  case heldForUserSpace = "held for user space"
  case cache = "cache (reclaimable)"
  case stable = "stable"
  case notEnough = "not enough data"
}

extension Conclusion {
  /// The share of the largest growth from which on the kernel's own is named first: it is what this
  /// program is asked about.
  static let kernelShare = 0.1

  /// Whether it says that something grows which isn't given back by itself.
  package var isFinding: Bool {
    switch self {
    case .growing, .userSpace, .heldForUserSpace: true
    case .cache, .stable, .notEnough: false
    }
  }
}
