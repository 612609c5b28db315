import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSources

/// What the user accepts of this machine: on the command line, and in files.
struct AcceptOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Accept what this rule finds, up to a value: swap, pageTables=8%, idleHugePages=64GiB.",
      valueName: "id[=value]"))
  var accept: [String] = []

  func validate() throws {
    for text in accept {
      do {
        _ = try Acceptance(text)
      } catch {
        throw ValidationError(AcceptRefusal.option(error).sentence)
      }
    }
  }

  /// All that is accepted: by the files `accept` in the configuration directories, and by options.
  ///
  /// - Throws: `Failure` if a file can't be read, or a line of it accepts nothing.
  func acceptances() throws -> [Acceptance] {
    var all: [Acceptance] = []
    for path in ConfigurationDirectories.paths(of: "accept") {
      all += try Self.acceptances(in: path)
    }
    return try all + accept.map { try Acceptance($0) }
  }

  private static func acceptances(in path: String) throws(Failure) -> [Acceptance] {
    guard let text = try ConfigurationDirectories.text(path, isRequired: false) else { return [] }
    do {
      return try AcceptFile(text, name: path).acceptances
    } catch {
      throw Failure(status: .usage, AcceptRefusal.file(error))
    }
  }
}
