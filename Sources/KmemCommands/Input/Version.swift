/// The version of this program, in one place.
enum Version {
  /// What `--version` prints and captures name as the tool that wrote them.
  static let current = "0.1.0"
}
