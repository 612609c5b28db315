/// The options a kernel was built with: `/proc/config.gz` unpacked, or `/boot/config-*`.
///
/// Written by `scripts/kconfig/confdata.c`.
package struct KernelConfig: Hashable, Sendable {
  /// What an option was set to.
  package enum Setting: Hashable, Sendable {
    case yes
    case module
    /// `# CONFIG_X is not set`
    case no
    /// A number, or a string without its quotes.
    case value(String)
  }

  /// The kernel's release by the comment at the top, without what a distribution appends to it.
  package private(set) var release: String?
  /// The options by their names without `CONFIG_`.
  package private(set) var settings: [String: Setting] = [:]
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the text of the file.
  ///
  /// - Throws: `ParseError` if no line of the text sets an option.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// The setting of an option (without `CONFIG_`); nothing if the file doesn't mention it.
  ///
  /// Options that can't be chosen, as what they depend on is off, are not mentioned.
  package subscript(name: String) -> Setting? { settings[name] }
}

extension KernelConfig: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/config", words: "a kernel configuration", example: "CONFIG_DEBUG_KMEMLEAK=y",
    title: "a kernel configuration", names: ["config", ".config"],
    marks: [TextMark(.usual, line: "CONFIG_"), TextMark(.usual, line: "# CONFIG_")], isLive: false)

  /// The file as the kernel prints it (CONFIG_IKCONFIG_PROC, 2.6): compressed with gzip.
  ///
  /// Whoever makes a capture unpacks it in memory, to where `file` says.
  package static let packed = KernelFile("proc/config.gz", names: ["config.gz"])

  /// Where distributions leave the configuration of a release, below the root.
  package static func installedPaths(of release: String) -> [String] {
    ["boot/config-\(release)", "lib/modules/\(release)/config"]
  }
}

extension KernelConfig {
  /// Whether a text that sets options is a configuration, and not one in which a few are quoted.
  package static func isOne(_ text: Span<UInt8>) -> Bool {
    var lines = Lines(text)
    var (options, others) = (0, 0)
    while options < fewestLines, let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty else { continue }
      if option(line) != nil || line.starts(with: "# CONFIG_") {
        options += 1
      } else if line[0] != UInt8(ascii: "#") {
        others += 1
      }
    }
    return others == 0 || options >= fewestLines
  }
}

extension KernelConfig {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    // Lines have 35 bytes on average; growing took a quarter of the time.
    settings.reserveCapacity(text.count / 32)
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty else { continue }
      if line[0] == UInt8(ascii: "#") {
        readComment(line, number: lines.number)
      } else if let option = Self.option(line) {
        set(option.name, option.setting, line: lines.number)
      } else {
        remarks.note(line: lines.number, "no option and no comment")
      }
    }
    guard !settings.isEmpty else {
      throw Self.file.refusal(of: text)
    }
  }

  private mutating func set(_ name: String, _ setting: Setting, line: Int) {
    if let old = settings.updateValue(setting, forKey: name), old != setting {
      remarks.note(line: line, "CONFIG_\(name) is set again; the last one counts")
    }
  }

  /// Reads `# CONFIG_X is not set` and the release, which only the comments tell.
  private mutating func readComment(_ line: Span<UInt8>, number: Int) {
    var words = Fields(line.extracting(1..<line.count))
    guard let first = words.next() else { return }
    if first.starts(with: "CONFIG_"), words.rest.equals("is not set") {
      return set(first.extracting(7..<first.count).text, .no, line: number)
    }
    guard release == nil, first.starts(with: "Linux") else { return }
    if words.rest.starts(with: "kernel version: ") {
      _ = words.next()
      _ = words.next()
      release = words.next()?.text
    } else if first.starts(with: "Linux/"), let word = words.next(),
      words.rest.equals("Kernel Configuration")
    {
      release = word.text
    }
  }

  private static func option(_ line: Span<UInt8>) -> (name: String, setting: Setting)? {
    guard line.starts(with: "CONFIG_"), let equals = line.offset(of: "="), equals > 7 else {
      return nil
    }
    let value = line.extracting((equals + 1)..<line.count)
    return (line.extracting(7..<equals).text, setting(value))
  }

  private static func setting(_ value: Span<UInt8>) -> Setting {
    if value.equals("y") { return .yes }
    if value.equals("m") { return .module }
    if value.equals("n") { return .no }
    let text = value.text
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return .value(text) }
    return .value(unescaped(text.dropFirst().dropLast()))
  }

  /// The string with `\"` and `\\` turned back into one character.
  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("\\") else { return String(text) }
    var result = ""
    var isEscaped = false
    for character in text {
      isEscaped = character == "\\" && !isEscaped
      if !isEscaped { result.append(character) }
    }
    return result
  }
}
