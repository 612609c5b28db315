internal import KmemParsers
internal import KmemSnapshot

extension Redaction {
  /// The text of a member with pseudonyms for what in it is somebody's.
  mutating func replaced(_ bytes: [UInt8], _ secrets: Secrets, _ path: String) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    let result: String
    switch secrets {
    case .none, .groupPath: return bytes
    case .everything: return []
    case .host: result = word(text) { $0.pseudonyms.word(.host, $1) }
    case .identifier: result = word(text) { $0.pseudonyms.digits(.identifier, $1) }
    case .addresses: result = lines(text) { $0.addresses($1) }
    case .slabNames: result = lines(text) { PathNames.ofCaches($1, &$0.pseudonyms) }
    case .firstField: result = lines(text) { $0.firstField($1) }
    case .segments: result = lines(text) { $0.segment($1) }
    case .mounts: result = lines(text) { $0.mount($1) }
    case .version: result = lines(text) { $0.version($1) }
    case .uname: result = lines(text) { $0.uname($1) }
    case .stacks: result = lines(text, counting: path) { $0.stackLine($1) }
    case .log: result = lines(text, counting: path) { $0.logLine($1) }
    case .processStat: result = lines(text) { $0.processStat($1) }
    case .processStatus: result = lines(text) { $0.processStatus($1) }
    case .commandLine: return commandLine(bytes)
    case .mappings: return Array(mappings(text).utf8)
    case .document: return document(bytes, path)
    }
    return Array(result.utf8)
  }

  /// Each line as the function makes it; a line of which it makes nothing is removed.
  ///
  /// With a path it is counted how many were.
  private mutating func lines(
    _ text: String, counting path: String? = nil, _ replace: (inout Self, String) -> String?
  ) -> String {
    var result: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let replaced = line.isEmpty ? "" : replace(&self, String(line)) {
        result.append(replaced)
      } else if let path {
        facts.removedLines[path, default: 0] += 1
      }
    }
    return result.joined(separator: "\n")
  }

  private mutating func word(_ text: String, _ replace: (inout Self, String) -> String) -> String {
    let word = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return word.isEmpty ? text : replace(&self, word) + "\n"
  }

  private mutating func firstField(_ line: String) -> String? {
    guard line.hasPrefix("/") else { return line.hasPrefix("Filename") ? line : nil }
    let name = line.prefix { $0 != " " && $0 != "\t" }
    return PathNames.replaced(name, &pseudonyms) + line.dropFirst(name.count)
  }

  private mutating func segment(_ line: String) -> String {
    let fields = line.split(separator: " ")
    guard let key = fields.first, Int(key) != nil else { return line }
    return (["0"] + fields.dropFirst()).joined(separator: " ")
  }

  private mutating func mount(_ line: String) -> String? {
    var fields = line.split(separator: " ").map(String.init)
    guard fields.count >= 4 else { return nil }
    fields[0] = PathNames.replaced(fields[0], &pseudonyms)
    fields[1] = PathNames.replaced(fields[1], &pseudonyms)
    fields[3] = fields[3].split(separator: ",").map { option in
      let parts = option.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        return Self.flags.contains(String(option)) ? String(option) : "option"
      }
      let value = parts[1]
      let isNumber = value.allSatisfy { $0.isASCII && ($0.isNumber || "kKmMgG%".contains($0)) }
      guard Self.isPlain(parts[0]) else { return "option" }
      return "\(parts[0])=\(isNumber ? String(value) : pseudonyms.word(.option, value))"
    }.joined(separator: ",")
    return fields.prefix(6).joined(separator: " ")
  }

  /// The options without a value that most mounts have; a file system's own may be anything.
  private static let flags: Set<String> = [
    "rw", "ro", "nosuid", "nodev", "noexec", "relatime", "noatime", "nodiratime", "strictatime",
    "sync", "dirsync", "lazytime", "hard", "soft", "discard", "seclabel", "mand", "nsdelegate",
  ]

  private static func isPlain(_ word: Substring) -> Bool {
    word.count <= 20
      && word.allSatisfy { $0.isASCII && ($0.isLowercase || "_0123456789".contains($0)) }
  }

  /// `Linux version 6.1.0 (builder@host) (gcc …) #1 SMP …`.
  private mutating func version(_ line: String) -> String? {
    guard line.hasPrefix("Linux version "), let open = line.firstIndex(of: "("),
      let close = line[open...].firstIndex(of: ")")
    else { return line.split(separator: " ").count == 1 ? line : uname(line) }
    let builder = pseudonyms.word(.builder, line[line.index(after: open)..<close])
    return line[...open] + builder + line[close...]
  }

  /// `Linux host 6.1.0 #1 SMP …`.
  private mutating func uname(_ line: String) -> String? {
    var words = line.split(separator: " ").map(String.init)
    guard words.first == "Linux", words.count >= 3 else { return nil }
    words[1] = pseudonyms.word(.host, words[1])
    return words.joined(separator: " ")
  }

  private mutating func stackLine(_ line: String) -> String? {
    KernelLineForms.known(line, kernelThreads, &pseudonyms)
  }

  /// The line without what syslog puts before the kernel's time: date and host.
  private mutating func logLine(_ line: String) -> String? {
    var rest = line[...]
    if let mark = rest.firstRange(of: "kernel: ") { rest = rest[mark.upperBound...] }
    var time = ""
    if let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]"),
      rest[..<open].allSatisfy({ "<>0123456789".contains($0) }),
      rest[open..<close].dropFirst().allSatisfy({ $0 == " " || $0 == "." || $0.isNumber }),
      rest[open..<close].contains(".")
    {
      time = "\(rest[open...close]) "
      rest = rest[close...].dropFirst()
      if rest.first == " " { rest = rest.dropFirst() }
    }
    return KernelLineForms.known(String(rest), kernelThreads, &pseudonyms).map { time + $0 }
  }
}
