internal import KmemSnapshot

/// The digests of a capture's manifest and of all its members, which are its last member.
///
/// They show damage: a bit that a disk flipped, a file that was changed, an end that is missing. They
/// don't show who made the capture, as whoever changes a member can change its digest too. The text
/// is what `sha256sum -c kmemcheck/digests` reads; links, which that can't check, are comments in it.
struct CaptureDigests {
  /// Its path in a capture.
  static let path = "kmemcheck/digests"

  private static let link = "# link "
  private static let end = "# end "

  private var files: [String: SHA256] = [:]
  private var links: [String: SHA256] = [:]
  private var text = ""

  init() {}

  /// The list in the contents of its file; nil if it was damaged itself.
  init?(parsing bytes: [UInt8]) {
    guard let last = bytes.dropLast().lastIndex(of: Self.newline) else { return nil }
    let list = bytes[...last]
    guard bytes[(last + 1)...].elementsEqual(Self.endLine(of: Array(list)).utf8) else { return nil }
    for line in list.split(separator: Self.newline) {
      guard add(line: line) else { return nil }
    }
  }

  private static let newline = UInt8(ascii: "\n")

  mutating func add(file path: String, _ bytes: [UInt8]) {
    let digest = SHA256(of: bytes)
    files[path] = digest
    text += "\(digest.text)  \(Self.name(path))\n"
  }

  mutating func add(link path: String, to target: String) {
    let digest = SHA256(of: Array(target.utf8))
    links[path] = digest
    text += "\(Self.link)\(digest.text)  \(Self.name(path))\n"
  }

  /// The contents of its file, which end in the digest of the lines before.
  var contents: [UInt8] { Array((text + Self.endLine(of: Array(text.utf8))).utf8) }

  /// Whether a member is what was written; nil where nothing was written under that path.
  func isWhole(file path: String, _ bytes: [UInt8]) -> Bool? {
    files[path].map { $0 == SHA256(of: bytes) }
  }

  /// Whether a member with that digest is what was written; nil where nothing was written under that path.
  func isWhole(file path: String, _ digest: SHA256) -> Bool? { files[path].map { $0 == digest } }

  /// Whether a link is what was written; nil where none was written under that path.
  func isWhole(link path: String, to target: String) -> Bool? {
    links[path].map { $0 == SHA256(of: Array(target.utf8)) }
  }

  /// The first path under which the other list has another digest, or none; nil where all are alike.
  ///
  /// What only the other one has was added later.
  func difference(from other: CaptureDigests) -> String? {
    let members = files.filter { other.files[$0.key] != $0.value }.map(\.key)
    return (members + links.filter { other.links[$0.key] != $0.value }.map(\.key)).min()
  }

  /// Takes a line of the list; false if it's none.
  private mutating func add(line: ArraySlice<UInt8>) -> Bool {
    let isLink = line.starts(with: Self.link.utf8)
    let parts = line.dropFirst(isLink ? Self.link.utf8.count : 0)
    guard let digest = SHA256(parsing: parts.prefix(64)) else { return false }
    let path = Self.path(ofName: String(decoding: parts.dropFirst(66), as: UTF8.self))
    if isLink { links[path] = digest } else { files[path] = digest }
    return true
  }

  private static func endLine(of list: [UInt8]) -> String { "\(end)\(SHA256.text(of: list))\n" }

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
