/// The build id in the notes of an object that is loaded.
///
/// `/sys/kernel/notes` has those of the kernel (2.6.23; `kernel/ksysfs.c`), everybody may read it;
/// `/sys/module/<name>/notes/.note.gnu.build-id` that of a module (2.6.23, `kernel/module/sysfs.c`).
/// Both are bytes in the order of the machine, not text.
package struct ElfNotes: Hashable, Sendable {
  /// The id in hexadecimal, from the note of type 3 that belongs to GNU.
  package private(set) var buildID: String?

  /// Reads the notes; what isn't notes has no build id.
  package init(parsing bytes: Span<UInt8>) {
    guard let first = Self.word(bytes, 0, isLittle: true) else { return }
    // A name has a few bytes: in the wrong order its length would be millions.
    let isLittle = first < 1 << 16
    var offset = 0
    while let name = Self.word(bytes, offset, isLittle: isLittle),
      let length = Self.word(bytes, offset + 4, isLittle: isLittle),
      let type = Self.word(bytes, offset + 8, isLittle: isLittle)
    {
      let start = offset + 12 + Self.aligned(name)
      guard start + length <= bytes.count else { return }
      if type == 3, name == 4, bytes.holds("GNU", at: offset + 12) {
        buildID = Self.hexadecimal(bytes.extracting(start..<(start + length)))
        return
      }
      offset = start + Self.aligned(length)
    }
  }

  private static func aligned(_ length: Int) -> Int { (length + 3) & ~3 }

  /// Four bytes as a number, which fits an `Int` with room to add.
  private static func word(_ bytes: Span<UInt8>, _ offset: Int, isLittle: Bool) -> Int? {
    guard offset >= 0, bytes.count - offset >= 4 else { return nil }
    var word = 0
    for index in 0..<4 {
      word = word << 8 | Int(bytes[offset + (isLittle ? 3 - index : index)])
    }
    return word
  }

  private static func hexadecimal(_ bytes: Span<UInt8>) -> String? {
    guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
    var text = ""
    for index in bytes.indices {
      text += (bytes[index] < 16 ? "0" : "") + String(bytes[index], radix: 16)
    }
    return text
  }
}

extension ElfNotes: DeclaredFile {
  /// The file's declaration.
  package static let file = KernelFile("sys/kernel/notes")
}

/// The directory of a loaded module in sysfs (`kernel/module/sysfs.c`, 2.6).
package enum ModuleDirectory {
  /// What the paths of all modules' files begin with.
  package static let root = "sys/module/"
  /// The end of the path of the note with a module's build id (2.6.23).
  package static let buildID = "/notes/.note.gnu.build-id"

  /// The note with the build id of a loaded module.
  package static func buildID(ofModule name: String) -> String { "\(root)\(name)\(buildID)" }
}
