import ArgumentParser
import KmemReport
import KmemSources

/// When text is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// The options that every command has.
struct CommonOptions: ParsableArguments {
  @Flag(name: .long, help: "Answer in JSON; the schema is named in the document.")
  var json = false

  @Option(name: .long, help: "Colour the answer: auto, always or never.")
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Leave remarks out.")
  var quiet = false

  @Flag(
    name: .shortAndLong, help: "Show everything: small lines, all caches, where values come from.")
  var verbose = false

  /// How standard output is to be written to.
  ///
  /// The option decides first, then NO_COLOR, then CLICOLOR_FORCE, then whether it's a terminal.
  var style: Style {
    Style(isColored: isColored, width: Output.width)
  }

  private var isColored: Bool {
    switch color {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if LiveFacts.environment("NO_COLOR") != nil { return false }
    if let force = LiveFacts.environment("CLICOLOR_FORCE"), force != "0" { return true }
    return Output.isTerminal && LiveFacts.environment("TERM") != "dumb"
  }

  /// Writes a remark, unless the user wants none.
  func remark(_ sentence: String) {
    guard !quiet else { return }
    Output.remark(sentence)
  }
}
