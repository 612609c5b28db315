/// What people and tools make of a meminfo.
enum MeminfoForms {
  static let all = frames + marks + markup + rows + encodings

  /// What stands around the text or before each of its lines.
  private static let frames: [Form] = [
    .whole("plain", isPlain: true) { $0 },
    .whole("prompt before", isPlain: true) { "root@host:~# cat /proc/meminfo\n" + $0 },
    .whole("prompt and next prompt", isPlain: true) { "$ cat /proc/meminfo\n\($0)user@host:~$ \n" },
    .whole("first line glued to the prompt") { "root@host:~# cat /proc/meminfo " + $0 },
    .whole("first line glued to a command") { "cat /proc/meminfo" + $0 },
    .whole("tag of a forum") { "[code]\($0)[/code]\n" },
    .whole("bracketed paste of a shell") {
      "host:~# cat /proc/meminfo\r\n\u{1B}[?2004l\r" + $0.replacing("\n", with: "\r\n")
    },
    .whole("code fence") { "```\n\($0)```\n" },
    .whole("code fence with a language") { "Here it is:\n\n~~~text\n\($0)~~~\n" },
    .lines("four spaces") { "    " + $0 },
    .lines("tabs") { "\t" + $0 },
    .lines("mail quote") { "> " + $0 },
    .lines("mail quote of a quote") { "> > " + $0 },
    .lines("mail quote without blank") { ">>" + $0 },
    .lines("mail quote with a bar") { "| " + $0 },
    .lines("bullets") { "- " + $0 },
    .lines("bullets of another kind") { "  * " + $0 },
    .whole("mail with an answer within") { text in
      let lines = text.lines.map { "> " + $0 }
      return "On Monday A wrote:\n" + lines[..<20].joined(separator: "\n") + "\n\nThat's much.\n\n"
        + lines[20...].joined(separator: "\n") + "\n"
    },
    .numbered("line numbers") { "\($1)".padded(to: 6) + "\t" + $0 },
    .numbered("numbers of grep") { "\($1):" + $0 },
    .numbered("numbers of grep with context") { "\($1)\($1 % 9 == 3 ? ":" : "-")" + $0 },
    .lines("file prefix of grep") { "host1/proc/meminfo:" + $0 },
    .numbered("file and number of grep") { "meminfo-1.txt:\($1):" + $0 },
    .lines("ansible") { "host1.example.org | " + $0 },
    .lines("pdsh") { "node17: " + $0 },
    .lines("docker compose") { "app-1  | " + $0 },
    .lines("comment") { "# " + $0 },
    .lines("patch") { "+" + $0 },
  ]

  /// What logs put before lines.
  private static let marks: [Form] = [
    .numbered("syslog") { "Nov 22 18:40:\($1 + 10) host root[812]: " + $0 },
    .numbered("journal") { "Nov 22 18:40:\($1 + 10) host memlog.sh[812]: " + $0 },
    .numbered("kubectl and Actions") { "2026-11-22T18:40:\($1 + 10).1234567Z " + $0 },
    .numbered("times of ts") { "Nov 22 18:40:\($1 + 10) " + $0 },
    .numbered("times of a serial console") { "[2026-11-22 18:40:\($1 + 10).123] " + $0 },
    .numbered("kernel log") { "[   \($1 + 10).123456] " + $0 },
    .numbered("logcat") { "11-22 18:40:\($1 + 10).123   812   812 I memlog  : " + $0 },
    .numbered("docker's JSON") {
      "{\"log\":\"\($0)\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-22T18:40:\($1 + 10).1Z\"}"
    },
  ]

  /// HTML, Markdown, and the colours of terminals.
  private static let markup: [Form] = [
    .numbered("table") {
      let (name, value) = pair($0)
      return ($1 == 1 ? "| Name | Value |\n|------|------:|\n" : "") + "| \(name) | \(value) |"
    },
    .lines("table with colons") { "| \(pair($0).name): | \(pair($0).value) |" },
    .lines("no-break entities") { $0.replacing(" ", with: "&nbsp;") },
    .lines("breaks") { $0 + "<br>" },
    .lines("closed breaks") { $0 + "<br />" },
    .whole("breaks without lines") { $0.replacing("\n", with: "<br>") },
    .whole("preformatted") { "<pre>\($0)</pre>\n" },
    .whole("preformatted code") { "<pre><code class=\"text\">\($0)</code></pre>\n" },
    .lines("spans") { "<span class=\"line\">\($0)</span>" },
    .lines("rows of a table of HTML") {
      "<tr><td>\(pair($0).name)</td><td>\(pair($0).value)</td></tr>"
    },
    .lines("colours") {
      $0.hasPrefix("SUnreclaim")
        ? "\u{1B}[01;31m\u{1B}[KSUnreclaim\u{1B}[m\u{1B}[K" + $0.dropFirst(10) : $0
    },
    .lines("colours at the beginning") { "\u{1B}[0m" + $0 + "\u{1B}[K" },
    .lines("ends marked by cat") { $0 + "$" },
    .lines("bold row") { $0.hasPrefix("SUnreclaim") ? "**\($0)**" : $0 },
    .lines("bold value") {
      $0.hasPrefix("SUnreclaim") ? "\(pair($0).name): **\(pair($0).value)**" : $0
    },
    .lines("row in code") { $0.hasPrefix("SUnreclaim") ? "`\($0)`" : $0 },
    .lines("strong row") { $0.hasPrefix("SUnreclaim") ? "<b>\($0)</b>" : $0 },
    .lines("arrow") { $0.hasPrefix("SUnreclaim") ? $0 + "   <--- this one" : $0 },
    .lines("note") { $0.hasPrefix("Slab:") ? $0 + "  # grows" : $0 },
  ]

  private static let rows: [Form] = [
    .lines("unit lost") { $0.replacing(" kB", with: "") },
    .lines("KB") { $0.replacing(" kB", with: " KB") },
    .lines("kb") { $0.replacing(" kB", with: " kb") },
    .lines("KiB") { $0.replacing(" kB", with: " KiB") },
    .lines("glued unit") { $0.replacing(" kB", with: "kB") },
    .lines("commas") { "\(pair($0).name): \(grouped($0, ","))" },
    .lines("dots") { "\(pair($0).name): \(grouped($0, "."))" },
    .lines("typographic apostrophes") { "\(pair($0).name): \(grouped($0, "\u{2019}"))" },
    .lines("underscores") { "\(pair($0).name): \(grouped($0, "_"))" },
    .lines("French") {
      "\(pair($0).name) : \(grouped($0, "\u{202F}"))".replacing(" kB", with: " ko")
    },
    .lines("bytes") { line in
      let words = pair(line).value.split(separator: " ")
      guard words.count == 2, let number = UInt64(words[0]) else { return line }
      return "\(pair(line).name): \(number * 1024) B"
    },
    .lines("node_exporter") { line in
      let words = pair(line).value.split(separator: " ")
      let name = pair(line).name.replacing("(", with: "_").replacing(")", with: "")
      guard words.count == 2, let number = Double(words[0]) else {
        return "node_memory_\(name) \(words[0])"
      }
      return "node_memory_\(name)_bytes \(number * 1024)"
    },
    .whole("Ruby") { text in
      "{" + text.lines.map { "\"\(pair($0).name)\"=>\"\(pair($0).value)\"" }.joined(separator: ", ")
        + "}\n"
    },
    .whole("JSON within JSON") { text in
      "{\"meminfo\": {"
        + text.lines.map { "\"\(pair($0).name)\": \"\(pair($0).value)\"" }.joined(separator: ", ")
        + "}}\n"
    },
    .lines("blanks in numbers") { "\(pair($0).name): \(grouped($0, " "))" },
    .whole("one line") { $0.lines.map(collapsed).joined(separator: " ") + "\n" },
    .whole("one line without blanks") { $0.lines.joined() + "\n" },
    .lines("double spaced", isPlain: true) { $0 + "\n" },
    .whole("sorted", isPlain: true) { $0.lines.sorted().map { $0 + "\n" }.joined() },
    .lines("equals signs") { "\(pair($0).name)=\(pair($0).value)" },
    .whole("JSON") { text in
      "{" + text.lines.map { "\"\(pair($0).name)\": \"\(pair($0).value)\"" }.joined(separator: ", ")
        + "}\n"
    },
    .whole("JSON in lines") { text in
      "{\n"
        + text.lines.map { "  \"\(pair($0).name)\": \"\(pair($0).value)\"" }.joined(
          separator: ",\n")
        + "\n}\n"
    },
    .whole("JSON of numbers") { text in
      "{\n"
        + text.lines.map {
          "  \"\(pair($0).name)\": \(pair($0).value.replacing(" kB", with: ""))"
        }.joined(separator: ",\n") + "\n}\n"
    },
    .lines("YAML") { "\(pair($0).name): \"\(pair($0).value)\"" },
    .lines("CSV") { "\(pair($0).name),\(pair($0).value.replacing(" ", with: ","))" },
    .lines("columns of tabs") { "\(pair($0).name)\t\(pair($0).value.replacing(" ", with: "\t"))" },
    .lines("trailing blanks", isPlain: true) { $0 + "    " },
    .lines("tabs for blanks", isPlain: true) { "\(pair($0).name):\t\(pair($0).value)" },
  ]

  private static let encodings: [Form] = [
    .lines("CRLF", isPlain: true) { $0 + "\r" },
    .lines("CRCRLF") { $0 + "\r\r" },
    .whole("CR only") { $0.replacing("\n", with: "\r") },
    .whole("BOM") { "\u{FEFF}" + $0 },
    .lines("no-break spaces") { $0.replacing(" ", with: "\u{A0}") },
    .lines("narrow no-break spaces") { $0.replacing(" ", with: "\u{202F}") },
    .lines("full-width colon") { $0.replacing(":", with: "\u{FF1A}") },
    .lines("zero-width spaces") { "\u{200B}" + $0 },
    Form(name: "UTF-16") { $0.utf16() },
    Form(name: "UTF-16, big end first") { $0.utf16(isBigEndian: true) },
    Form(name: "UTF-16 without mark") { $0.utf16(hasMark: false) },
    .whole("quoted-printable") { text in
      quotedPrintable(
        "a = b\n" + text.lines.map { $0.replacing("kB", with: "kB ") + "\n" }.joined())
    },
  ]

  static func pair(_ line: String) -> (name: String, value: String) {
    let parts = line.split(separator: ":", maxSplits: 1)
    return (String(parts[0]), collapsed(parts[1].drop { $0 == " " }))
  }

  private static func collapsed(_ line: some StringProtocol) -> String {
    line.split(separator: " ").joined(separator: " ")
  }

  private static func grouped(_ line: String, _ mark: String) -> String {
    let words = pair(line).value.split(separator: " ")
    var digits = ""
    for (index, digit) in words[0].enumerated() {
      if index > 0, (words[0].count - index) % 3 == 0 { digits += mark }
      digits.append(digit)
    }
    return digits + words.dropFirst().map { " " + $0 }.joined()
  }
}
