import KmemAnalysis
import KmemReport

/// The functions that are never to blame, as the user names them.
enum FrameRuleOptions {
  /// The rules of the files `skip-frames` in the configuration directories, and of options.
  ///
  /// - Throws: `Failure` if a file can't be read, or a line of it is no rule.
  static func rules(_ options: [String]) throws(Failure) -> FrameRules {
    var rules: [FrameRule] = []
    do {
      for path in ConfigurationDirectories.paths(of: "skip-frames") {
        guard let text = try ConfigurationDirectories.text(path, isRequired: false) else {
          continue
        }
        rules += try FrameRuleFile(text, name: path).rules
      }
      for text in options { rules.append(try FrameRule(text, place: "--skip-frame")) }
    } catch let refusal as FrameRule.Refusal {
      throw Failure(status: .usage, message: refusal.sentence)
    } catch {
      throw Failure(error)
    }
    return FrameRules(rules)
  }
}
