internal import KmemSnapshot

/// The digests of a capture's manifest and of all its members, which are its last member.
///
/// They show damage: a bit that a disk flipped, a file that was changed, an end that is missing. They
/// don't show who made the capture, as whoever changes a member can change its digest too. The text
/// is what `sha256sum -c kmemcheck/digests` reads; links, which that can't check, are comments in it.
struct CaptureDigests {
  /// Its path in a capture.
  static let path = "kmemcheck/digests"

  private static let link = Array("# link ".utf8)
  private static let end = "# end "
  private static let newline = UInt8(ascii: "\n")

  private var lines: DigestLines

  init() { lines = DigestLines() }

  /// The list in the contents of its file; nil if it was damaged itself.
  init?(parsing bytes: [UInt8]) {
    guard let last = bytes.dropLast().lastIndex(of: Self.newline) else { return nil }
    let list = bytes[...last]
    guard bytes[(last + 1)...].elementsEqual(Self.endLine(of: list).utf8),
      let lines = DigestLines(list, comment: Self.link)
    else { return nil }
    self.lines = lines
  }

  mutating func add(file path: String, _ bytes: [UInt8]) {
    lines.append("\(SHA256(of: bytes).text)  \(Self.name(path))\n", comment: [])
  }

  mutating func add(link path: String, to target: String) {
    let digest = SHA256(of: Array(target.utf8))
    lines.append("\(digest.text)  \(Self.name(path))\n", comment: Self.link)
  }

  /// The contents of its file, which end in the digest of the lines before.
  var contents: [UInt8] { Array(lines.bytes) + Array(Self.endLine(of: lines.bytes).utf8) }

  /// Whether a member is what was written; nil where nothing was written under that path.
  func isWhole(file path: String, _ bytes: [UInt8]) -> Bool? {
    digest(file: path).map { $0 == SHA256(of: bytes) }
  }

  /// Whether a member with that digest is what was written; nil where nothing was written under that path.
  func isWhole(file path: String, _ digest: SHA256) -> Bool? {
    self.digest(file: path).map { $0 == digest }
  }

  /// Whether a link is what was written; nil where none was written under that path.
  func isWhole(link path: String, to target: String) -> Bool? {
    lines.digest(named: Self.name(path), comment: Self.link).map {
      $0 == SHA256(of: Array(target.utf8))
    }
  }

  private func digest(file path: String) -> SHA256? {
    lines.digest(named: Self.name(path), comment: [])
  }

  /// The first path under which the other list has another digest, or none; nil where all are alike.
  ///
  /// What only the other one has was added later.
  func difference(from other: CaptureDigests) -> String? {
    lines.all.filter { other.lines.digest(named: $0.name, comment: $0.comment) != $0.digest }
      .map { Self.path(ofName: $0.name) }.min()
  }

  private static func endLine(of list: ArraySlice<UInt8>) -> String {
    "\(end)\(SHA256(of: list).text)\n"
  }

  /// The path with its line feeds escaped: control groups and kernel threads have any names.
  private static func name(_ path: String) -> String {
    // Hardly any path has one, and to search a thousand paths for texts took a tenth of a snapshot.
    guard path.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\n") }) else {
      return path
    }
    return path.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  private static func path(ofName name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "\\")) else { return name }
    var path = ""
    var isEscaped = false
    for character in name {
      if isEscaped {
        path.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        path.append(character)
      }
    }
    return path
  }
}
