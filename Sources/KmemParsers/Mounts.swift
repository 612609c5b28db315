/// The mounted file systems listed in `/proc/mounts` and `/proc/self/mounts`.
///
/// Written by `fs/proc_namespace.c` (`fs/namespace.c` up to 2.6.38). Readable by everyone.
package struct Mounts: Hashable, Sendable {
  /// One line of the file.
  package struct Mount: Hashable, Sendable {
    /// What is mounted: a device, or any word for a file system without one.
    package let device: String
    /// The directory at which it is mounted.
    package let mountPoint: String
    /// The kind of file system, such as `debugfs`.
    package let type: String
    /// The options, such as `rw`.
    package let options: [String]
  }

  /// The mounts in the order they were made, as the kernel lists them.
  package private(set) var mounts: [Mount] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file, where no-break spaces stay: a mount point may have one.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      if let mount = Mount(line) {
        mounts.append(mount)
      } else {
        remarks.note(line: lines.number, "no mount: it needs a device, a place, a type and options")
      }
    }
    guard !mounts.isEmpty else {
      throw Self.file.refusal(of: text)
    }
  }
}

extension Mounts: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/mounts", example: "proc /proc proc rw,relatime 0 0", names: ["mounts"],
    secrets: .mounts, limit: 16 << 20)
}

extension Mounts.Mount {
  fileprivate init?(_ line: Span<UInt8>) {
    var fields = Fields(line)
    guard let device = fields.next(), let place = fields.next(), let type = fields.next(),
      let options = fields.next(), fields.nextDecimal() != nil, fields.nextDecimal() != nil
    else { return nil }
    self.init(
      device: device.unescaped, mountPoint: place.unescaped, type: type.unescaped,
      options: options.text.split(separator: ",").map(String.init))
  }
}

extension Span<UInt8> {
  /// The text with the kernel's octal escapes (`\040` for a space) turned back into bytes.
  fileprivate var unescaped: String {
    guard offset(of: "\\") != nil else { return text }
    var bytes: [UInt8] = []
    var index = 0
    while index < count {
      if let byte = octalEscape(at: index) {
        bytes.append(byte)
        index += 4
      } else {
        bytes.append(self[index])
        index += 1
      }
    }
    return bytes.span.text
  }

  private func octalEscape(at start: Int) -> UInt8? {
    guard self[start] == UInt8(ascii: "\\"), start + 4 <= count else { return nil }
    var value = 0
    for index in (start + 1)..<(start + 4) {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 8 else { return nil }
      value = value * 8 + Int(digit)
    }
    return UInt8(exactly: value)
  }
}
