import KmemParsers

extension Suppression {
  /// Whether the rule means the group of a program: by its frames and the file that the code is in,
  /// since a report of user space tells neither sizes nor tasks.
  func fits(_ group: ProgramLeakGroup) -> Bool {
    if let leak { return Self.fits(leak, group) }
    guard let culprit = group.culprit, sizes == nil, comm == nil else { return false }
    if let module, !NamePattern.matches(module, culprit.objectName ?? "") { return false }
    let names = group.callers.map(\.names)
    return frames.isEmpty ? module != nil : Self.matches(frames[...], names[...])
  }

  /// Whether LeakSanitizer would take the stack for one of the pattern: anywhere in a name, unless `^`
  /// and `$` hold it to an end.
  private static func fits(_ pattern: String, _ group: ProgramLeakGroup) -> Bool {
    var text = pattern[...]
    let (isAtStart, isAtEnd) = (text.first == "^", text.last == "$")
    text = text.dropFirst(isAtStart ? 1 : 0).dropLast(isAtEnd ? 1 : 0)
    let whole = (isAtStart ? "" : "*") + text + (isAtEnd ? "" : "*")
    return group.frames.contains { frame in
      [frame.place.function, frame.place.file, frame.place.object]
        .contains { $0.map { NamePattern.matches(whole, $0) } ?? false }
    }
  }

  mutating func use(_ group: ProgramLeakGroup) {
    objects = objects.plus(group.weight)
    bytes = bytes.plus(group.amount.bytes)
  }
}
