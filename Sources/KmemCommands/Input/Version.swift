internal import CCommit

/// The version of this program, in one place.
enum Version {
  /// What captures and metrics name as the tool that wrote them.
  static let current = "0.1.0"

  /// What `--version` prints: the version, and of a release build the commit it was made of.
  static var line: String {
    guard let commit = unsafe kmem_commit() else { return "kmemcheck \(current)" }
    return unsafe "kmemcheck \(current) (\(String(cString: commit)))"
  }
}
