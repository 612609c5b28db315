package import KmemAnalysis
import KmemParsers

/// One unreferenced object with its whole stack: the answer to `--object`.
package struct LeakObjectText {
  private let object: LeakObject
  private let clock: LeakClock?
  private var page: TextPage

  /// Prepares the text; with a clock the object's age is told too.
  package init(_ object: LeakObject, clock: LeakClock?, style: Style) {
    self.object = object
    self.clock = clock
    page = TextPage(style)
  }

  /// The whole answer.
  package var text: String {
    var answer = self
    answer.write()
    return answer.page.text
  }

  private mutating func write() {
    let kind = object.kind == .plain ? "" : "\(object.kind.name), "
    page.sentence(
      "object at \(LeakFormat.address(object.address))  \(kind)\(object.size) bytes, line "
        + "\(object.line)", .heading, indent: 0)
    let pid = object.pid.map { ", pid \($0)" } ?? ""
    page.sentence("allocated by \(object.comm ?? "a task that isn't in the text")\(pid)")
    page.sentence(age)
    writeContent()
    if !object.holders.isEmpty {
      let holders = object.holders.map(LeakFormat.address).joined(separator: ", ")
      page.sentence("lost with another object, which points to it: \(holders)")
    }
    page.sentence("stack:")
    if object.frames.isEmpty {
      page.sentence(LeakFormat.noStack(object.extent), .faint, indent: 4)
    }
    for line in object.frames.flatMap(LeakFormat.frameLines) { page.sentence(line, indent: 4) }
    page.blank()
    page.sentence(
      "Verdict: unreferenced when the text was written; a later scan may find a reference",
      .bad, indent: 0)
  }

  private var age: String {
    guard let jiffies = object.jiffies else { return "no time of allocation was printed" }
    if let age = object.age {
      return "\(Amount.duration(Double(age) / 1000)) old, allocated at jiffies \(jiffies)"
    }
    guard let clock, let age = clock.age(jiffies) else {
      return "allocated at jiffies \(jiffies); no age was printed"
    }
    return "\(Amount.duration(age)) old (computed from jiffies \(jiffies), \(clock.originWords))"
  }

  private mutating func writeContent() {
    let text = object.text.map { ": \(LeakFormat.quoted($0))" } ?? ""
    page.sentence("contents: \(object.content.name)\(text)")
    for start in stride(from: 0, to: object.bytes.count, by: 16) {
      let row = object.bytes[start..<min(start + 16, object.bytes.count)]
      let digits = row.map { Self.hex($0) }.joined(separator: " ")
      let text = row.map { $0 >= 0x20 && $0 < 0x7F ? String(UnicodeScalar($0)) : "." }.joined()
      let blanks = String(repeating: " ", count: max(0, 47 - digits.count) + 4)
      page.line("    \(digits)\(blanks)\(text)")
    }
  }

  static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
