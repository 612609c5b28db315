/// What inputs are called that have no path.
enum InputName {
  /// What is piped in.
  static let standardInput = "standard input"
}
