/// Where modules lay during one boot: a record that kmemcheck keeps in `/run/kmemcheck`.
///
/// The kernel forgets where an unloaded module was. One line for each time a module was loaded, with
/// `-` for what isn't known:
///
///     first-seen last-seen name start size srcversion build-id loaded-by
///
/// The name `-` stands for a list of which no other line tells, at that moment.
///
/// Times are seconds since boot, at which the whole list was read; start and size as `/proc/modules`
/// prints them.
package struct ModuleRecord: Hashable, Sendable {
  /// A module that stayed where it was.
  package struct Line: Hashable, Sendable {
    /// The first and the last list in which the module was there, in seconds since boot.
    package let seen: ClosedRange<Double>
    /// The module's name, or `-`.
    package let name: String
    /// Where its code begins; 0 where the kernel hides it.
    package let start: UInt64
    /// Its size in bytes.
    package let size: UInt64
    /// The checksum of its source, where it has one.
    package let sourceVersion: String?
    /// Its build id in hexadecimal, where it has one.
    package let buildID: String?
    /// When it was there already, before any list was read.
    package let loadedBy: Double?

    /// Whether it only says that the list was read then.
    package var isMomentOnly: Bool { name == "-" }

    /// The moment of a list in which no stay begins or ends.
    package init(moment: Double) {
      self.init(
        seen: moment...moment, name: "-", start: 0, size: 0, sourceVersion: nil, buildID: nil)
    }

    /// A stay that was seen between two lists.
    package init(
      seen: ClosedRange<Double>, name: String, start: UInt64, size: UInt64,
      sourceVersion: String?, buildID: String?, loadedBy: Double? = nil
    ) {
      self.seen = seen
      self.name = name
      self.start = start
      self.size = size
      self.sourceVersion = sourceVersion
      self.buildID = buildID
      self.loadedBy = loadedBy
    }
  }

  /// The stays, in the order of the file.
  package private(set) var lines: [Line] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// A record of those stays, to be written.
  package init(lines: [Line]) { self.lines = lines }

  /// Reads the record; a line that can't be read is passed over with a remark.
  package init(parsing text: Span<UInt8>) {
    var rest = Lines(text)
    while let line = rest.next() {
      guard !line.trimmed().isEmpty, !line.starts(with: "#") else { continue }
      if let known = Line(line) {
        lines.append(known)
      } else {
        remarks.note(line: rest.number, "no line of a module record")
      }
    }
  }

  /// The record as text.
  package var text: String {
    "# first-seen last-seen name start size srcversion build-id loaded-by\n"
      + lines.map { $0.text + "\n" }.joined()
  }
}

extension ModuleRecord.Line {
  fileprivate init?(_ line: Span<UInt8>) {
    var fields = Fields(line)
    guard let first = fields.next()?.seconds, let last = fields.next()?.seconds, first <= last,
      let name = fields.next()?.text, let start = fields.next()?.hexadecimal,
      let size = fields.nextDecimal()
    else { return nil }
    let version = fields.next()?.text
    let build = fields.next()?.text
    let loadedBy = fields.next()?.seconds
    self.init(
      seen: first...last, name: name, start: start, size: size,
      sourceVersion: version == "-" ? nil : version, buildID: build == "-" ? nil : build,
      loadedBy: loadedBy)
  }

  fileprivate var text: String {
    "\(seen.lowerBound) \(seen.upperBound) \(name) 0x\(String(start, radix: 16)) \(size) "
      + "\(sourceVersion ?? "-") \(buildID ?? "-") \(loadedBy.map { "\($0)" } ?? "-")"
  }
}

extension Span<UInt8> {
  /// A number of seconds that a machine may be up.
  fileprivate var seconds: Double? {
    guard let seconds = Double(text), seconds >= 0, seconds < 1e12 else { return nil }
    return seconds
  }
}
