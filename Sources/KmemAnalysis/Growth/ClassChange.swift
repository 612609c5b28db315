/// A class at two moments.
package struct ClassChange: Hashable, Sendable {
  /// The class.
  package let memoryClass: MemoryClass
  /// Its bytes before and after; nothing where a moment has no amount of it.
  package let bytes: BeforeAfter
  /// Why there is no growth, where there is none.
  package let missing: MissingAmount?
  /// Which values of which files the later amount is made of, else the earlier one.
  package let origin: Books.Origin
}

extension ClassChange {
  /// Every class that either side has, in the order of the books.
  static func all(from before: Books?, to after: Books?) -> [ClassChange] {
    MemoryClass.allCases.compactMap { memoryClass in
      let (first, second) = (before?[memoryClass], after?[memoryClass])
      guard let line = second ?? first else { return nil }
      return ClassChange(
        memoryClass: memoryClass, bytes: change(memoryClass, first, second),
        missing: second?.missing ?? first?.missing, origin: line.origin)
    }
  }

  /// A class of debugging has a line only while something is held; no line means nothing.
  private static func change(
    _ memoryClass: MemoryClass, _ before: Books.Line?, _ after: Books.Line?
  ) -> BeforeAfter {
    guard memoryClass == .instrumentation else { return BeforeAfter(before?.bytes, after?.bytes) }
    return BeforeAfter(before?.bytes ?? 0, after?.bytes ?? 0)
  }
}
