/// The conclusion on a machine as an id for labels: growth that accuses the kernel is told apart by
/// whether it's in a class.
package enum MachineVerdict: String, CaseIterable, Hashable, Sendable {
  case kernel
  case unaccounted
  case userSpace = "user_space"
  case heldForUserSpace = "held_for_user_space"
  case cache
  case stable
  case notEnough = "not_enough"

  /// The conclusion of a watch; `unaccounted` where what grows lies in no class.
  package init(_ report: WatchReport) {
    switch report.conclusion {
    case .growing:
      let row = report.place ?? report.culprit ?? report.sides.first(where: \.isKernels)
      self = row?.side == .unaccounted ? .unaccounted : .kernel
    case .userSpace: self = .userSpace
    case .heldForUserSpace: self = .heldForUserSpace
    case .cache: self = .cache
    case .stable: self = .stable
    case .notEnough: self = .notEnough
    }
  }

  /// The word for it, which every verb has.
  package var conclusion: Conclusion {
    switch self {
    case .kernel, .unaccounted: .growing
    case .userSpace: .userSpace
    case .heldForUserSpace: .heldForUserSpace
    case .cache: .cache
    case .stable: .stable
    case .notEnough: .notEnough
    }
  }
}
