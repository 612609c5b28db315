/// A way to get what is missing: a sentence, what to type, what it costs.
package struct Remedy: Hashable, Sendable {
  package var kind: Kind
  /// What to do, as a sentence without its full stop.
  package var text: String
  /// What to type: a shell command, or a parameter for the kernel's command line if the kind is `boot`.
  package var command: String?
  /// Where the option is in `make menuconfig` of that kernel.
  package var menu: MenuPath?
  /// What it costs, in words.
  package var cost: String?

  /// What has to be done, from the cheapest to the dearest.
  package enum Kind: String, Hashable, Sendable, CaseIterable, Comparable {
    /// A command that works at once.
    case command
    /// The same as another user.
    case privilege
    /// A parameter on the kernel's command line, and a reboot.
    case boot
    /// Another configuration, a build and a reboot.
    case rebuild

    package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
  }

  package init(
    _ kind: Kind, _ text: String, command: String? = nil, menu: MenuPath? = nil,
    cost: String? = nil
  ) {
    self.kind = kind
    self.text = text
    self.command = command
    self.menu = menu
    self.cost = cost
  }

  /// All of it as one sentence.
  package var sentence: String {
    var sentence = text
    if let menu { sentence += " (menuconfig: \(menu.text))" }
    if let command { sentence += ": \(command)" }
    if let cost { sentence += ". Cost: \(cost)" }
    return sentence + "."
  }
}

/// How well a finding is founded.
package enum Certainty: String, Hashable, Sendable {
  /// The kernel says so itself.
  case certain
  /// It follows from what was seen, but something unseen could make it wrong.
  case inferred
  case unknown
}
