/// The mode of `/sys/kernel/security/lockdown` (`security/lockdown/lockdown.c`, since 5.4).
package enum Lockdown: String, Hashable, Sendable {
  case none, integrity, confidentiality

  /// The file that tells the mode.
  package static let path = "/sys/kernel/security/lockdown"

  /// Takes the word in brackets: `none [integrity] confidentiality`.
  package init?(text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let word = words.first(where: { $0.first == "[" && $0.last == "]" }) else { return nil }
    self.init(rawValue: String(word.dropFirst().dropLast()))
  }

  /// Takes the mode that a boot parameter asks for: `lockdown=confidentiality`.
  package init?(_ parameters: KernelCommandLine) {
    guard let value = parameters["lockdown"] ?? nil else { return nil }
    self.init(rawValue: value)
  }

  /// Whether this mode closes the files of debugfs that can be written (`debugfs_locked_down`).
  package var closesDebugfs: Bool { self != .none }
}
