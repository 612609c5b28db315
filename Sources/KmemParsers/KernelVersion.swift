/// The release of a kernel, as in `/proc/version` and `uname -r`.
///
/// It is used in sentences, and in names of files and menus. What a kernel can do is found out from
/// its files, as distributions bring new features to old releases.
package struct KernelVersion: Hashable, Sendable, Comparable {
  /// The whole release, such as `6.1.0-13-amd64`.
  package let release: String
  /// The first number.
  package let major: Int
  /// The second number.
  package let minor: Int
  /// The third number; 0 where there is none (`6.12-rc7`).
  package let patch: Int
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Takes a release apart; nothing if it doesn't begin with two numbers and a dot between them.
  package init?(release: String) {
    var numbers: [Int] = []
    var rest = Substring(release)
    while numbers.count < 3 {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits) else { break }
      numbers.append(number)
      rest = rest.dropFirst(digits.count)
      guard rest.first == "." else { break }
      rest = rest.dropFirst()
    }
    guard numbers.count >= 2 else { return nil }
    self.release = release
    major = numbers[0]
    minor = numbers[1]
    patch = numbers.count > 2 ? numbers[2] : 0
  }

  /// Parses `/proc/version`, the line of `uname -a`, or a release alone.
  ///
  /// - Throws: `ParseError` if no word of the text is a release.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// By the three numbers; where they are equal, by the text of the release, so that order is total.
  package static func < (left: KernelVersion, right: KernelVersion) -> Bool {
    (left.major, left.minor, left.patch, left.release)
      < (right.major, right.minor, right.patch, right.release)
  }

  package static func == (left: KernelVersion, right: KernelVersion) -> Bool {
    left.release == right.release
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(release) }
}

extension KernelVersion: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/version", example: "Linux version 6.1.0 (…) #1 SMP …", names: ["version"],
    marks: [TextMark(.weak, line: "Linux version ")], secrets: .version)
}

extension KernelVersion {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard let found = Self.release(in: line), var version = Self(release: found) else { continue }
      if lines.number > 1 {
        version.remarks.note(line: 1, "passed over: the version is in line \(lines.number)")
      }
      self = version
      return
    }
    throw Self.file.refusal(of: text)
  }

  /// The third word after `Linux` (`version` or the name of the host is between), else the first.
  private static func release(in line: Span<UInt8>) -> String? {
    var words = Fields(line)
    guard let first = words.next() else { return nil }
    guard first.equals("Linux") else { return words.next() == nil ? first.text : nil }
    _ = words.next()
    return words.next()?.text
  }
}
