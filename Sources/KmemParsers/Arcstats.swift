/// The sizes of the cache of ZFS listed in `/proc/spl/kstat/zfs/arcstats`.
///
/// Written by ZFS on Linux (`module/os/linux/spl/spl-kstat.c`) while its module is loaded. Readable by
/// everyone. Sizes are in bytes. Which names there are differs by release.
package struct Arcstats: Hashable, Sendable {
  /// The values that kmemcheck computes with, by the name that ZFS prints.
  package enum Key: String, CaseIterable, Sendable {
    /// All that the cache holds, its own headers included.
    case size
    /// Contents of files.
    case dataSize = "data_size"
    /// Contents of the file system's own blocks (0.6.4).
    case metadataSize = "metadata_size"
    /// What pages hold beyond the contents that lie in them (2.0).
    case chunkWaste = "abd_chunk_waste_size"
    /// Contents as they are on disk, compressed (0.7, with which contents went from vmalloc memory to
    /// pages of their own).
    case compressedSize = "compressed_size"
    /// What the cache doesn't shrink below.
    case least = "c_min"
  }

  /// The values by their name; those that aren't numbers are left out.
  package internal(set) var values: [String: UInt64] = [:]
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// A value as printed, where it is an amount that any machine can have.
  package subscript(key: Key) -> Int64? {
    values[key.rawValue].flatMap { Int64(exactly: $0) }
  }
}

extension Arcstats: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/spl/kstat/zfs/arcstats", example: "size 4 31200000000", nameWord: "arcstats",
    marks: [TextMark(.usual, line: "arc_meta_used "), TextMark(.usual, line: "c_max ")])
}

extension Arcstats {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty, !Self.isHead(line) else { continue }
      guard let (name, value) = Self.row(line) else {
        remarks.note(line: lines.number, "no line of this file: a name, a type and a number")
        continue
      }
      guard values[name] == nil else {
        remarks.note(line: lines.number, "\(name) occurs again; the first one counts")
        continue
      }
      values[name] = value
    }
    guard !values.isEmpty else { throw Self.file.refusal(of: text) }
  }

  /// The two lines that every file of this kind begins with: numbers, and the names of the columns.
  private static func isHead(_ line: Span<UInt8>) -> Bool {
    var fields = Fields(line)
    guard let first = fields.next() else { return false }
    if first.equals("name") { return fields.next()?.equals("type") ?? false }
    guard first.decimal != nil, fields.nextDecimal() != nil else { return false }
    return fields.next()?.starts(with: "0x") ?? false
  }

  /// A row, whose type is 4 for numbers without a sign and 3 for those with one.
  private static func row(_ line: Span<UInt8>) -> (name: String, value: UInt64)? {
    var fields = Fields(line)
    guard let name = fields.next(), name.decimal == nil, let type = fields.nextDecimal(), type < 8,
      let value = fields.next()?.amount, fields.next() == nil
    else { return nil }
    return (name.text, value)
  }
}
