import KmemAnalysis
import KmemReport
import KmemSources

/// The suppressions that apply: those of the system, of the user, and those named.
struct SuppressionFiles {
  let named: [String]
  let usesDefaults: Bool

  /// The files that are read where they exist.
  private static var defaults: [String] {
    let home =
      LiveFacts.environment("XDG_CONFIG_HOME")
      ?? LiveFacts.environment("HOME").map { "\($0)/.config" }
    return ["/etc/kmemcheck/suppressions"] + (home.map { ["\($0)/kmemcheck/suppressions"] } ?? [])
  }

  /// Reads all files.
  ///
  /// - Throws: `Failure` if a file that was named isn't there, or a file breaks the rules.
  func rules() throws(Failure) -> [Suppression] {
    var rules: [Suppression] = []
    for path in usesDefaults ? Self.defaults : [] {
      rules += try Self.rules(in: path, isRequired: false)
    }
    for path in named { rules += try Self.rules(in: path, isRequired: true) }
    return rules
  }

  private static func rules(in path: String, isRequired: Bool) throws(Failure) -> [Suppression] {
    var bytes: [UInt8] = []
    do {
      _ = try TextStream(path: path).read { piece in
        for index in piece.indices where bytes.count < 1 << 24 { bytes.append(piece[index]) }
      }
    } catch {
      let isAbsent = (error as? SourceError)?.kind == .noSuchInput
      if isAbsent, !isRequired { return [] }
      throw Failure(error)
    }
    do {
      return try SuppressionFile(String(decoding: bytes, as: UTF8.self), name: path).rules
    } catch {
      throw Failure(status: .badData, message: error.sentence)
    }
  }
}
