/// What inputs are called that have no path.
package enum InputName {
  /// What is piped in.
  package static let standardInput = "standard input"

  /// By what a command can be given the input of that name: `-` for what is piped in.
  package static func reference(to name: String) -> String { name == standardInput ? "-" : name }
}
