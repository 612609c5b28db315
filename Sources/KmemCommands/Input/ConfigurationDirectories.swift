import KmemSources

/// Where the system's and the user's files for kmemcheck are.
enum ConfigurationDirectories {
  /// The paths of a file in `/etc/kmemcheck` and in the user's own directory.
  static func paths(of name: String) -> [String] {
    let home =
      LiveFacts.environment("XDG_CONFIG_HOME")
      ?? LiveFacts.environment("HOME").map { "\($0)/.config" }
    return ["/etc/kmemcheck/\(name)"] + (home.map { ["\($0)/kmemcheck/\(name)"] } ?? [])
  }

  /// The text of a file, up to 16 MiB; nothing where it isn't there and needn't be.
  ///
  /// - Throws: `Failure` if it can't be read.
  static func text(_ path: String, isRequired: Bool) throws(Failure) -> String? {
    var bytes: [UInt8] = []
    do {
      _ = try TextStream(path: path).read { piece in
        for index in piece.indices where bytes.count < 1 << 24 { bytes.append(piece[index]) }
      }
    } catch {
      let isAbsent = (error as? SourceError)?.kind == .noSuchInput
      if isAbsent, !isRequired { return nil }
      throw Failure(error)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
