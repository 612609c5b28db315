import KmemAnalysis
import KmemReport

/// The suppressions that apply: those of the system, of the user, and those named.
struct SuppressionFiles {
  let named: [String]
  let usesDefaults: Bool

  /// Reads all files; those of the system and of the user where they exist.
  ///
  /// - Throws: `Failure` if a file that was named isn't there, or a file breaks the rules.
  func rules() throws(Failure) -> [Suppression] {
    var rules: [Suppression] = []
    for path in usesDefaults ? ConfigurationDirectories.paths(of: "suppressions") : [] {
      rules += try Self.rules(in: path, isRequired: false)
    }
    for path in named { rules += try Self.rules(in: path, isRequired: true) }
    return rules
  }

  private static func rules(in path: String, isRequired: Bool) throws(Failure) -> [Suppression] {
    guard let text = try ConfigurationDirectories.text(path, isRequired: isRequired) else {
      return []
    }
    do {
      return try SuppressionFile(text, name: path).rules
    } catch {
      throw Failure(status: .badData, message: error.sentence)
    }
  }
}
