import KmemParsers

extension Suppression {
  /// Whether the rule means the group of a program: by its frames and the file that the code is in,
  /// since a report of user space tells neither sizes nor tasks.
  func fits(_ group: ProgramLeakGroup) -> Bool {
    guard let culprit = group.culprit, sizes == nil, comm == nil else { return false }
    if let module, !NamePattern.matches(module, culprit.objectName ?? "") { return false }
    let names = group.callers.map(\.names)
    return frames.isEmpty ? module != nil : Self.matches(frames[...], names[...])
  }

  mutating func use(_ group: ProgramLeakGroup) {
    objects = objects.plus(group.weight)
    bytes = bytes.plus(group.amount.bytes)
  }
}
