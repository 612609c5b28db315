import Foundation
import KmemTestSupport

/// The pages that `Sources/Packaging/manual` makes of the built program.
struct Manual {
  /// A command, as the program describes it.
  struct Command {
    /// The name of its page.
    let page: String
    /// Its visible options and arguments as mdoc has them: `Fl -json`, `Fl n`, `Ar snapshot`.
    let spellings: Set<String>
    /// What the help says of exit statuses.
    let help: String
    let children: [String]
  }

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let mandoc = program("mandoc")
  static let canBeMade = program("python3") != nil

  /// All commands, the program itself first.
  let commands: [Command]
  private let folder: TemporaryFolder

  init(epoch: Int = 1_700_000_000) throws {
    folder = try TemporaryFolder()
    _ = try Self.output(
      "python3", Self.repository.appendingPathComponent("Sources/Packaging/manual").path,
      Program.executable, folder.path, environment: ["SOURCE_DATE_EPOCH": "\(epoch)"])
    let said = try Self.output(Program.executable, "--experimental-dump-help")
    commands = Self.commands(try JSONDecoder().decode(DumpedHelp.self, from: said).command, "")
  }

  private static func commands(_ dumped: DumpedHelp.Command, _ above: String) -> [Command] {
    let page = above + dumped.commandName
    let children = (dumped.subcommands ?? []).filter { $0.commandName != "help" }
    let discussion = dumped.discussion?.replacingOccurrences(of: "\n", with: " ") ?? ""
    let command = Command(
      page: page, spellings: Set((dumped.arguments ?? []).flatMap(\.spellings)),
      help: discussion.components(separatedBy: "Exit status: ").dropFirst().last ?? "",
      children: children.map(\.commandName))
    return [command] + children.flatMap { commands($0, page + "-") }
  }

  /// The lines of a page, without dots before macros and commas around them.
  func page(_ name: String, section: Int = 1) throws -> [String] {
    let path = "\(folder.path)/man\(section)/\(name).\(section)"
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").flatMap {
      let line = $0.hasPrefix(".") ? String($0.dropFirst()) : String($0)
      return [line] + (line.hasPrefix("It ") ? Self.options(line) : [])
    }
  }

  /// The options, or the argument, that an item of a list is about.
  static func options(_ item: String) -> [String] {
    item.dropFirst(3).components(separatedBy: " , ").map { name in
      let words = name.split(separator: " ").map(String.init)
      return words.prefix(2).joined(separator: " ")
    }
  }

  func names(section: Int) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/man\(section)")
      .map { String($0.dropLast(2)) }
  }

  func all() throws -> [(name: String, section: Int)] {
    try [1, 5, 7].flatMap { section in try names(section: section).map { ($0, section) } }
  }

  /// What mandoc has to say about all pages.
  func lint() throws -> String {
    let paths = try all().map { "\(folder.path)/man\($0.section)/\($0.name).\($0.section)" }
    return String(
      decoding: try Self.output(["mandoc", "-T", "lint"] + paths.sorted()), as: UTF8.self)
  }

  private static func program(_ name: String) -> String? {
    ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first(
      where: FileManager.default.isExecutableFile)
  }

  private static func output(_ words: String..., environment: [String: String] = [:]) throws -> Data
  {
    try output(words, environment: environment)
  }

  /// What a program prints to both outputs.
  private static func output(_ words: [String], environment: [String: String] = [:]) throws -> Data
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program(words[0]) ?? words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }
}

/// What `--experimental-dump-help` says, as far as the manual is made of it.
struct DumpedHelp: Decodable {
  struct Command: Decodable {
    let commandName: String
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let shouldDisplay: Bool
    let valueName: String?
    let names: [Name]?

    /// How mdoc spells it; nothing where the help hides it.
    var spellings: [String] {
      guard shouldDisplay else { return [] }
      if kind == "positional" { return ["Ar \(valueName ?? "")"] }
      return (names ?? []).map { $0.kind == "long" ? "Fl -\($0.name)" : "Fl \($0.name)" }
    }
  }

  let command: Command
}

/// Words that stand in the repository's sources.
enum TextSearch {
  /// The first group of each match that has one, in a file or in all files of a folder.
  static func matches<Output>(of pattern: Regex<Output>, inFolder path: String) throws -> Set<
    String
  > {
    let start = Manual.repository.appendingPathComponent(path)
    let inner = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    let files = (inner?.allObjects as? [URL] ?? []) + [start]
    var found: Set<String> = []
    for file in files where ["swift", "c"].contains(file.pathExtension) {
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: pattern) {
        let groups = Regex<AnyRegexOutput>.Match(match).output.dropFirst()
        if let text = groups.compactMap(\.substring).first { found.insert(String(text)) }
      }
    }
    return found
  }
}
