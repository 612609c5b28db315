/// What people and tools make of a kmemleak record.
enum LeakForms {
  static let all = logs + vendors + tools + markup + wraps + encodings

  /// The kernel's log, as the many tools print it that keep it.
  private static let logs: [Form] = [
    .whole("plain", isPlain: true) { $0 },
    .log("dmesg", isPlain: true) { "[   \($0 + 10).123456] " },
    .log("dmesg with callers", isPlain: true) { "[   \($0 + 10).123456][ T1234] " },
    .log("dmesg with callers of two kinds", isPlain: true) { "[   \($0 + 10).123456] [   T1234] " },
    .log("dmesg -T", isPlain: true) { "[Sun Nov 22 18:40:\($0 + 10) 2026] " },
    .log("dmesg -x") { "kern  :warn  : [   \($0 + 10).123456] " },
    .log("dmesg -x with callers") { "kern  :warn  : [   \($0 + 10).123456] [   T1234] " },
    .log("dmesg -x quoted") { "> kern  :warn  : [   \($0 + 10).123456] " },
    .log("levels", isPlain: true) { "<4>[   \($0 + 10).123456] " },
    .log("talos") { "node1: kern: warning: [2026-11-22T18:40:\($0 + 10).123456Z]: " },
    .log("openwrt logread", isPlain: true) {
      "Sun Nov 22 18:40:\($0 + 10) 2026 kern.warn kernel: [   \($0 + 10).123456] "
    },
    .log("syslog", isPlain: true) {
      "Nov 22 18:40:\($0 + 10) host kernel: [   \($0 + 10).123456] "
    },
    .log("journal", isPlain: true) { "Nov 22 18:40:\($0 + 10) host kernel: " },
    .log("journal iso", isPlain: true) { "2026-11-22T18:40:\($0 + 10)+0100 host kernel: " },
    .log("journal precise", isPlain: true) { "Nov 22 18:40:\($0 + 10).123456 host kernel: " },
    .log("rsyslog iso", isPlain: true) {
      "2026-11-22T18:40:\($0 + 10).123456+01:00 host kernel: [   \($0 + 10).123456] "
    },
    .log("Actions", isPlain: true) { "2026-11-22T18:40:\($0 + 10).1234567Z " },
    .log("Actions with dmesg", isPlain: true) {
      "2026-11-22T18:40:\($0 + 10).1234567Z [   \($0 + 10).123456] "
    },
    .log("proxmox", isPlain: true) {
      "Nov 22 18:40:\($0 + 10) pve kernel: [   \($0 + 10).123456] "
    },
    .log("busybox syslogd", isPlain: true) {
      "Nov 22 18:40:\($0 + 10) host kern.warn kernel: [   \($0 + 10).123456] "
    },
    .log("yocto", isPlain: true) {
      "Nov 22 18:40:\($0 + 10) intel user.warn kernel: [   \($0 + 10).123456] "
    },
    .log("vmware") { "2026-11-22T18:40:\($0 + 10).123Z cpu3:1234)" },
    .log("netconsole") { "2026-11-22 18:40:\($0 + 10) 10.0.0.7: [   \($0 + 10).123456] " },
    .log("kmsg") { "4,\($0 + 812),\($0 + 10)123456,-;" },
    .log("ftrace with pids") { "   insmod-1234    [001] ....    \($0 + 10).123456: " },
    .log("ts") { "Nov 22 18:40:\($0 + 10) " },
    .log("picocom", isPlain: true) { "[18:40:\($0 + 10).123] " },
    .log("level and time") { "WARNING: 18:40:\($0 + 10): " },
    .log("lava", isPlain: true) {
      "2026-11-22T18:40:\($0 + 10).123456  <4>[   \($0 + 10).123456] "
    },
    .log("lava's target") { "target 2026-11-22T18:40:\($0 + 10): [   \($0 + 10).123456] " },
    .log("marked", isPlain: true) { "[   \($0 + 10).123456] kmemleak: " },
  ]

  private static let vendors: [Form] = [
    .log("unisoc") { "[   \($0 + 10).123456]c\($0 % 8) kmemleak: " },
    .log("qcom", isPlain: true) { "[   \($0 + 10).123456][T1234@C3] " },
    .log("samsung", isPlain: true) {
      "<4>[   \($0 + 10).123456]  [\($0 % 8):    kworker/3:1: 1234] "
    },
    .log("mtk") { "<4>[   \($0 + 10).123456]  (\($0 % 8))[1234:kworker/3:1]" },
    .log("mtk of another kind") { "[   \($0 + 10).123456] -(\($0 % 8))[1234:kworker/3:1]" },
    .log("logcat") { "11-22 18:40:\($0 + 10).123     0     0 W kernel  : " },
    .log("logcat brief") { "W/KERNEL  (  812): [   \($0 + 10).123456] " },
    .log("logcat with the kernel's time") {
      "11-22 18:40:\($0 + 10).123     0     0 W         : [   \($0 + 10).123456] "
    },
  ]

  private static let tools: [Form] = [
    .lines("CRLF", isPlain: true) { $0 + "\r" },
    .lines("CRCRLF") { $0 + "\r\r" },
    .log("colours of dmesg") {
      "\u{1B}[32m[   \($0 + 10).123456] \u{1B}[0m\u{1B}[33mkmemleak\u{1B}[0m: "
    },
    .log("colours of the journal") { "\u{1B}[0;1;39mNov 22 18:40:\($0 + 10) host kernel: " },
    .numbered("cat -n") { "\($1)".padded(to: 6) + "\t" + $0 },
    .numbered("grep -n -A") { "\($1)\($0.hasPrefix("un") ? ":" : "-")" + $0 },
    .lines("grep -A in files") { "kern.log\($0.hasPrefix("un") ? ":" : "-")" + $0 },
    .numbered("grep -n -A in files") {
      $0.hasPrefix("un") ? "my-kern.log:\($1):" + $0 : "my-kern.log-\($1)-" + $0
    },
    .lines("patch") { "+" + $0 },
    .lines("indentation of a commit", isPlain: true) { "    " + $0 },
    .lines("comment") { "# " + $0 },
    .lines("comment of C") { " * " + $0 },
    .lines("kselftest") { "# # " + $0 },
    .numbered("docker's JSON") {
      "{\"log\":\"\(escaped($0))\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-22T18:40:\($1 + 10).1Z\"}"
    },
    .numbered("journalctl -o json") {
      "{\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"\(escaped($0))\",\"PRIORITY\":\"4\","
        + "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"\($1 + 10)123456\",\"_HOSTNAME\":\"host\"}"
    },
    .whole("dmesg -J") { text in
      "{\n   \"dmesg\": [\n"
        + text.lines.enumerated().map {
          "      {\n         \"pri\": 4,\n         \"time\":     \($0 + 10).123456,\n"
            + "         \"msg\": \"\(escaped($1))\"\n      }"
        }.joined(separator: ",") + "\n   ]\n}\n"
    },
    .lines("spaces for tabs", isPlain: true) { $0.replacing("    ", with: "\t") },
    .whole("flattened") {
      $0.lines.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ") + "\n"
    },
    .whole("flattened log") { text in
      text.lines.enumerated().map { "[   \($0 + 10).123456] kmemleak: \($1)" }.joined(
        separator: " ") + "\n"
    },
    .lines("double spaced", isPlain: true) { $0 + "\n" },
    .numbered("double spaced dmesg", isPlain: true) { "[   \($1 + 10).123456] \($0)\n" },
    .lines("trailing blanks", isPlain: true) { $0 + "   " },
    .lines("dump without characters", isPlain: true) {
      $0.hasSuffix("........") ? String($0.prefix(51)) : $0
    },
  ]

  private static let markup: [Form] = [
    .lines("mail quote") { "> " + $0 },
    .lines("mail quote without blank") { ">" + $0 },
    .lines("quote in a list") { "  > " + $0 },
    .lines("list") { "- " + $0 },
    .whole("code fence") { "```console\n\($0)```\n" },
    .lines("entities") {
      $0.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;")
    },
    .lines("entities by number") {
      $0.replacing("<", with: "&#60;").replacing(">", with: "&#x3E;").replacing("\"", with: "&#34;")
    },
    .whole("preformatted") { "<pre>\($0)</pre>\n" },
    .lines("breaks and entities") {
      $0.replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("  ", with: "&nbsp; ")
        + "<br/>"
    },
  ]

  private static let wraps: [Form] = [
    .lines("header wrapped") { $0.replacing(" (size", with: "\n(size") },
    .log("header wrapped in a log") { "[   \($0 + 10).123456] kmemleak: " }.then {
      $0.replacing(" (size", with: "\n(size")
    },
    .lines("comm wrapped") { $0.replacing(" jiffies ", with: " jiffies\n") },
    .lines("comm wrapped before its time") { $0.replacing(", jiffies", with: ",\njiffies") },
    .lines("age wrapped") { $0.replacing(" (age", with: "\n(age") },
    .lines("age wrapped within") { $0.replacing("(age ", with: "(age\n") },
    .lines("module wrapped") { $0.replacing(" [spidev]", with: "\n[spidev]") },
    .lines("header wrapped in a quote") { ">   " + $0.replacing(" (size", with: "\n> (size") },
    .lines("header wrapped behind a quote") { "> " + $0.replacing(" (size", with: "\n(size") },
    .whole("quoted-printable", isPlain: true) { quotedPrintable($0) },
    .log("quoted-printable log") { "[   \($0 + 10).123456] kmemleak: " }.then {
      quotedPrintable($0)
    },
  ]

  private static let encodings: [Form] = [
    Form(name: "UTF-16") { $0.utf16() },
    Form(name: "UTF-16, big end first") { $0.utf16(isBigEndian: true) },
    .lines("no-break spaces") { $0.replacing(" ", with: "\u{A0}") },
    .lines("smart quotes") {
      $0.replacing(" \"", with: " \u{201C}").replacing("\",", with: "\u{201D},")
    },
    .whole("CR only") { $0.replacing("\n", with: "\r") },
    .whole("BOM") { "\u{FEFF}" + $0 },
  ]

  private static func escaped(_ line: String) -> String {
    line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
  }
}

extension Form {
  /// A form with a mark of a log before each line, made from the line's number.
  static func log(
    _ name: String, isPlain: Bool = false, _ mark: @escaping @Sendable (Int) -> String
  ) -> Form {
    numbered(name, isPlain: isPlain) { mark($1) + $0 }
  }

  /// The form with another change on top.
  func then(_ change: @escaping @Sendable (String) -> String) -> Form {
    Form(name: name, isPlain: isPlain) {
      Array(change(String(decoding: self.make($0), as: UTF8.self)).utf8)
    }
  }
}
