internal import KmemParsers

extension IntakeMoment {
  /// Whether a file that comes next belongs to another moment.
  func ends(before section: OpenSection, _ text: [UInt8], _ next: TimeMark?) -> Bool {
    guard !sections.isEmpty else { return false }
    if let next, let mark, !mark.isClose(to: next) { return true }
    guard let other = self[section.path] else { return false }
    guard let form = section.form else { return true }
    return form.recurrence == .tellsNothing
      || !Self.keys(of: other).isDisjoint(with: Self.keys(of: text))
  }

  /// Notes whether a file that is added now stands apart from the others.
  mutating func noteApart(_ section: OpenSection) {
    if section.isApart, !sections.isEmpty { apart = sections.count }
    if !section.isApart, !section.follows { apart = nil }
  }

  /// Takes out the files that stand apart: they were printed with what comes next.
  mutating func takeApart() -> [IntakeSection] {
    guard let place = apart, place > 0, place < sections.count else { return [] }
    defer { sections.removeSubrange(place...) }
    return Array(sections[place...])
  }

  /// Adds a file, or more lines of one that it has.
  mutating func add(_ section: IntakeSection) {
    guard let place = sections.firstIndex(where: { $0.path == section.path }) else {
      return sections.append(section)
    }
    if sections[place].text.last != 0x0A { sections[place].text.append(0x0A) }
    sections[place].text += section.text
  }

  private static func keys(of text: [UInt8]) -> Set<UInt64> {
    var keys: Set<UInt64> = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      let line = text.span.extracting(start..<end).lineBody
      if !line.isBlankLine, let key = line.rowKey { keys.insert(key) }
      start = end
    }
    return keys
  }
}
