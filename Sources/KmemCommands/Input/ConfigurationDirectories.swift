import KmemReport
import KmemSources

/// Where the system's and the user's files for kmemcheck are.
enum ConfigurationDirectories {
  /// The paths of a file in `/etc/kmemcheck` and in the user's own directory.
  ///
  /// Root reads nothing from a home that is somebody else's, as `sudo -E` leaves it: a rule there would
  /// hide what root is to see.
  static func paths(of name: String) -> [String] {
    let home =
      LiveFacts.environment("XDG_CONFIG_HOME")
      ?? LiveFacts.environment("HOME").map { "\($0)/.config" }
    let own = home.map { "\($0)/kmemcheck/\(name)" }.flatMap {
      !LiveFacts.isRoot || LiveFacts.isRoots($0) ? $0 : nil
    }
    return ["/etc/kmemcheck/\(name)"] + [own].compactMap(\.self)
  }

  /// The text of a file, up to 16 MiB; nothing where it isn't there and needn't be.
  ///
  /// One that needn't be there and may not be read is passed over with a remark: a program that root
  /// started as another user is left with root's home.
  ///
  /// - Throws: `Failure` if it can't be read, or is longer.
  static func text(_ path: String, isRequired: Bool) throws(Failure) -> String? {
    do {
      return String(decoding: try SmallFile(path, limit: 16 << 20).bytes(), as: UTF8.self)
    } catch {
      if error.kind == .noSuchInput, !isRequired { return nil }
      if error.kind == .notPermitted, !isRequired {
        let remark = InputRemark.settingsPassedOver(reason: error.message)
        Output.remark("kmemcheck: \(remark.sentence)")
        return nil
      }
      throw Failure(error)
    }
  }
}
