/// Which slab caches are one and the same, by the symbolic links of `/sys/kernel/slab`.
///
/// Written by `mm/slub.c` (`sysfs_slab_alias`): SLUB merges caches of the same size and flags, lists one
/// of them in `/proc/slabinfo`, and links the names of all to one directory such as `:A-0000192`.
package struct SlabAliases: Hashable, Sendable {
  /// The names of each set's caches, sorted, by the set's sysfs id.
  package private(set) var groups: [String: [String]] = [:]
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []
  private var ids: [String: String] = [:]

  /// Takes the links of the directory: the names and what they point to.
  package init(links: [String: String]) {
    for (name, target) in links {
      let id = target.split(separator: "/").last.map(String.init) ?? target
      ids[name] = id
      groups[id, default: []].append(name)
    }
    for id in groups.keys { groups[id]?.sort() }
  }

  /// Parses the directory's listing by `ls -l`, as sosreport has it.
  ///
  /// - Throws: `ParseError` if no line of the text is a listing's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// The other names of that cache; none if it wasn't merged.
  package func aliases(of name: String) -> [String] {
    guard let id = ids[name], let names = groups[id] else { return [] }
    return names.filter { $0 != name }
  }

  /// The sysfs id of the set that cache is in; nothing if it wasn't merged.
  package func id(of name: String) -> String? { ids[name] }
}

extension SlabAliases: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "sos_commands/kernel/ls_-lt_.sys.kernel.slab", words: "a listing of /sys/kernel/slab",
    example: "lrwxrwxrwx 1 root root 0 Nov  1 10:00 TCP -> :0001984",
    marks: [TextMark(.weak, within: " -> :")], secrets: .slabNames, isLive: false, limit: 16 << 20)

  /// The directory with an entry for each slab cache: the links of merged ones lead to one directory.
  package static let directory = "sys/kernel/slab"
}

extension SlabAliases {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var links: [String: String] = [:]
    var remarks: [Remark] = []
    var isListing = false
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty else { continue }
      if Self.isDirectoryLine(line) {
        isListing = true
      } else if let link = Self.link(in: line) {
        isListing = true
        links[link.name] = link.target
      } else {
        remarks.note(line: lines.number, "no line of a listing made with ls -l")
      }
    }
    guard isListing else {
      throw Self.file.refusal(of: text)
    }
    self.init(links: links)
    self.remarks = remarks
  }

  /// Whether the line is the listing's `total 0` or an entry that is no link.
  private static func isDirectoryLine(_ line: Span<UInt8>) -> Bool {
    line.starts(with: "total ") || line.starts(with: "drw") || line.starts(with: "dr-")
      || line.starts(with: "-rw") || line.starts(with: "-r-") || line.equals("/sys/kernel/slab:")
  }

  private static func link(in line: Span<UInt8>) -> (name: String, target: String)? {
    guard line.starts(with: "l"), let arrow = line.offset(of: " -> "),
      let name = name(in: line.extracting(0..<arrow))
    else { return nil }
    let target = line.extracting((arrow + 4)..<line.count).trimmed()
    return target.isEmpty ? nil : (name, target.text)
  }

  /// The name after the time (`10:00`, `10:00:00.000000000 +0000`) or the year of an entry.
  private static func name(in entry: Span<UInt8>) -> String? {
    var fields = Fields(entry)
    var number = 0
    while let field = fields.next() {
      number += 1
      guard number >= 6, isTime(field) || (number >= 8 && field.count == 4 && field.decimal != nil)
      else { continue }
      if field.count > 5, let sign = fields.rest.first,
        sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
      {
        _ = fields.next()
      }
      let name = fields.rest
      return name.isEmpty ? nil : name.text
    }
    return nil
  }

  private static func isTime(_ field: Span<UInt8>) -> Bool {
    field.count >= 5 && Ascii.isDigit(field[0]) && Ascii.isDigit(field[1])
      && field[2] == Ascii.colon && Ascii.isDigit(field[3]) && Ascii.isDigit(field[4])
  }
}

extension Span<UInt8> {
  fileprivate var first: UInt8? { isEmpty ? nil : self[0] }
}
