import ArgumentParser
import KmemSources

/// By which key names are replaced.
struct RedactionOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take the key from this file (0600, made if missing): the same names in every snapshot.",
      valueName: "file"))
  var redactKey: String?

  /// A redaction with the key of the file; without one, with a key of this run alone.
  ///
  /// - Throws: `Failure` if the file can't be read or made, or others can read it.
  func redaction() throws(Failure) -> Redaction {
    do {
      return Redaction(key: try redactKey.map { try RedactionKey(file: $0) } ?? RedactionKey())
    } catch {
      throw Failure(error)
    }
  }
}
