/// The loaded modules listed in `/proc/modules`.
///
/// Written by `kernel/module/procfs.c` (`kernel/module.c` up to 5.17). Readable by everyone; addresses
/// show as zeros unless `kptr_restrict` and the reader's privileges allow more. `lsmod` is read too.
package struct Modules: Hashable, Sendable {
  /// One line of the file.
  package struct Module: Hashable, Sendable {
    /// The module's name, with `_` for `-`.
    package let name: String
    /// The memory of the module's core and init parts, in bytes.
    package let size: UInt64
    /// How often it is used; nothing for `-`, in kernels that can't unload modules.
    ///
    /// It is −1 while the module is being unloaded (4.0 and later).
    package let references: Int64?
    /// The modules that use this one.
    package let dependents: [String]
    /// Whether it has no exit function, so that it stays until the machine stops.
    package let isPermanent: Bool
    /// `Live`, `Loading` or `Unloading`; empty where the text is `lsmod`'s, which doesn't tell.
    package let state: String
    /// Where its code begins; nothing where the kernel hides it.
    package let address: UInt64?
    /// The letters of its taints, such as `OE`; empty if there are none.
    package let taints: String
  }

  /// The modules in the file's order, the last loaded first.
  package private(set) var modules: [Module] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file, which is empty where no module is loaded.
  ///
  /// - Throws: `ParseError` if the text has lines, and none of them is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Modules: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/modules", example: "ext4 737280 1 - Live 0x0000000000000000", title: "modules",
    names: ["modules"],
    marks: [TextMark(.weak, within: " Live 0x"), TextMark(.weak, within: " - Live ")],
    mayBeEmpty: true, secrets: .addresses)
}

extension Modules {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    var isListing = false
    var isOld = false
    var hasLines = false
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      hasLines = true
      if line.trimmed().starts(with: "Module "), line.offset(of: "Used by") != nil {
        isListing = true
      } else if let module = Module(line, isListing: isListing) {
        modules.append(module)
      } else if Module.isOld(line) {
        isOld = true
        remarks.note(line: lines.number, "a line as Linux 2.4 wrote them, which is not read")
      } else {
        remarks.note(
          line: lines.number, "no module: it needs a name, a size, a count, users and a state")
      }
    }
    guard hasLines, !isListing, modules.isEmpty else { return }
    if isOld {
      throw ParseError(
        line: 1, reason: "these are the modules of a Linux 2.4, and only 2.6 and later are read")
    }
    throw Self.file.refusal(of: text)
  }
}

extension Modules.Module {
  fileprivate init?(_ line: Span<UInt8>, isListing: Bool) {
    var fields = Fields(line)
    guard let name = fields.next(), let size = fields.nextDecimal(), let count = fields.next()
    else { return nil }
    let references = count.signedDecimal
    guard references != nil || count.equals("-") else { return nil }
    let users = (fields.next()?.text ?? "-").split(separator: ",").map(String.init)
    let state = fields.next()?.text ?? ""
    guard isListing ? state.isEmpty : Self.states.contains(state) else { return nil }
    let address = fields.next()?.hexadecimal.flatMap { $0 == 0 ? nil : $0 }
    var taints = ""
    if let field = fields.next() { taints = Self.taints(field) }
    self.init(
      name: name.text, size: size, references: references,
      dependents: users.filter { $0 != "-" && $0 != "[permanent]" },
      isPermanent: users.contains("[permanent]"), state: state, address: address, taints: taints)
  }

  /// The letters in `(OE)`.
  private static func taints(_ field: Span<UInt8>) -> String {
    guard field.count > 2, field[0] == UInt8(ascii: "("),
      field[field.count - 1] == UInt8(ascii: ")")
    else { return "" }
    return field.extracting(1..<(field.count - 1)).text
  }

  private static let states: Set<String> = ["Live", "Loading", "Unloading"]

  /// Whether the line ends as those of 2.4 do: `ext3 61216 2 (autoclean) [jbd]`.
  fileprivate static func isOld(_ line: Span<UInt8>) -> Bool {
    var fields = Fields(line)
    guard fields.next() != nil, fields.nextDecimal() != nil, fields.nextDecimal() != nil else {
      return false
    }
    guard let rest = fields.next() else { return true }
    return rest[0] == UInt8(ascii: "(") || rest[0] == UInt8(ascii: "[")
  }
}

extension Modules {
  /// The title of `lsmod`, or a module with its state.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    if line.starts(with: "Module "), line.offset(of: "Used by") != nil { return .first }
    return Module(line, isListing: false) != nil ? .row : nil
  }

  /// A line of `lsmod`.
  package static func holds(_ line: Span<UInt8>) -> Bool? { Module(line, isListing: true) != nil }

  /// Each module is listed once.
  package static var recurrence: RowRecurrence { .tells }
  /// A module that isn't in an excerpt may be loaded all the same.
  package static var fewestLines: Int { 10 }
}
