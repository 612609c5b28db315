internal import KmemParsers

/// A line that says what the next ones are: a shell's prompt with a command, the heading that `tail`
/// or `more` puts above a file, the fence around a block of code.
struct Announcement: Hashable {
  /// The one kernel file that it names; nothing where it names none, or several.
  let path: String?
  /// The machine that it names; nothing where it names none.
  let machine: String?

  /// Nothing for a line that announces nothing.
  init?(line: String) {
    let text = line.trimming(\.isWhitespace)
    machine = MachineName.announced(text)
    if text.hasPrefix("```") || text.hasPrefix("~~~") || text.hasPrefix("{noformat")
      || text.hasPrefix("{code") || Self.isRule(text)
    {
      path = nil
    } else if let command = Self.command(in: text) {
      path = Self.path(in: command)
    } else if let path = Self.heading(text) {
      self.path = path
    } else if machine != nil {
      path = nil
    } else {
      return nil
    }
  }

  /// A line of colons, as `more` prints above and below a file's name.
  private static func isRule(_ text: Substring) -> Bool {
    text.count >= 10 && text.allSatisfy { $0 == ":" }
  }

  private static let commandWords: [StaticString] = [
    "cat", "grep", "egrep", "fgrep", "zgrep", "zcat", "head", "tail", "less", "more", "awk", "sed",
    "sort", "date", "uptime", "free", "vmstat", "slabtop", "top", "ps", "lsmod", "uname", "dmesg",
    "ls", "watch", "sleep", "echo", "while", "for", "sync", "numastat", "smem", "df", "mount",
    "sysctl", "modprobe", "insmod", "rmmod", "systemctl", "journalctl", "swapoff", "swapon",
  ]

  private static let commands = Set(commandWords.map { Substring("\($0)") })

  /// Whether the word is a command that people print kernel files with.
  static func isCommand(_ word: Span<UInt8>) -> Bool {
    commandWords.contains { word.equals($0) }
  }

  /// The words of the command behind a prompt, or of one that stands alone and names a file.
  private static func command(in text: Substring) -> [Substring]? {
    for mark in ["$ ", "# ", "% ", "> "] {
      guard let start = text.prefix(80).firstRange(of: mark) else { continue }
      let words = words(text[start.upperBound...])
      if let first = words.first, commands.contains(first) { return words }
    }
    // No file's line begins so: whatever is typed here, it ends what was printed above.
    if text.hasPrefix("$ ") { return words(text.dropFirst(2)) }
    if let last = text.last, "$#".contains(last), text.count < 80, text.contains("@"),
      !text.contains(" ")
    {
      return []
    }
    let words = words(text)
    guard let first = words.first, commands.contains(first),
      words.dropFirst().contains(where: { $0.hasPrefix("/proc/") || $0.hasPrefix("/sys/") })
    else { return nil }
    return words
  }

  private static func words(_ text: Substring) -> [Substring] {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.first == "sudo" ? Array(words.dropFirst()) : words
  }

  /// The file that a command prints as it is; one whose lines it only counts is none.
  private static func path(in command: [Substring]) -> String? {
    guard !command.contains("wc") else { return nil }
    let paths = command.dropFirst().compactMap(known)
    return paths.count == 1 ? paths.first : nil
  }

  /// The file that a heading names: `==> /proc/meminfo <==`, `--- /proc/slabinfo ---`.
  private static func heading(_ text: Substring) -> String? {
    guard text.contains("proc/") || text.contains("sys/") else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count <= 5 else { return nil }
    let paths = words.compactMap(known)
    return paths.count == 1 ? paths.first : nil
  }

  private static let paths = Set(KernelFiles.all.map(\.path))

  private static func known(_ word: Substring) -> String? {
    let bare = word.trimming { "*_:;,'\"`<>[]()=".contains($0) }
    let path = String(bare.drop { $0 == "/" })
    return paths.contains(path) ? path : nil
  }
}

extension StringProtocol {
  /// Where the needle first is.
  fileprivate func firstRange(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
