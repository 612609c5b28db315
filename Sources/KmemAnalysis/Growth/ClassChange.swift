/// A class at two moments.
package struct ClassChange: Hashable, Sendable {
  /// The class.
  package let memoryClass: MemoryClass
  /// Its bytes before and after; nothing where a moment has no amount of it, and before where the two
  /// amounts aren't made of the same values.
  package let bytes: BeforeAfter
  /// Why a moment has no amount, where it has none.
  package let missing: MissingAmount?
  /// What it is made of at one moment only.
  package let oneSided: [Books.Component]
  /// Which values of which files the later amount is made of, else the earlier one.
  package let origin: Books.Origin
  /// The most by which the growth may be wrong, in bytes, where a tool rounded amounts.
  package let rounding: Int64
}

extension ClassChange {
  /// The values that its later amount is made of.
  package var components: [Books.Component] { origin.components }

  /// Every class that either side has, in the order of the books.
  static func all(from before: MemoryModel, to after: MemoryModel, _ gaps: GrowthGaps)
    -> [ClassChange]
  {
    let compared = ComparedClasses(from: before, to: after)
    return MemoryClass.allCases.compactMap { memoryClass in
      let (first, second) = compared.lines(memoryClass)
      guard let line = second ?? first else { return nil }
      // A class of debugging has a line only while something is held; no line means nothing.
      let none: Int64? =
        memoryClass == .instrumentation && !before.classes.isEmpty && !after.classes.isEmpty
        ? 0 : nil
      let amounts = BeforeAfter(first?.bytes ?? none, second?.bytes ?? none)
      let oneSided = compared.oneSided(memoryClass)
      let isWhole =
        memoryClass == .unaccounted
        ? gaps.isEmpty
        : oneSided.isEmpty && !compared.needs(memoryClass).contains(where: gaps.absent.contains)
      return ClassChange(
        memoryClass: memoryClass, bytes: isWhole ? amounts : amounts.withoutGrowth,
        missing: second?.missing ?? first?.missing, oneSided: oneSided, origin: line.origin,
        rounding: (first?.error ?? 0).plus(second?.error ?? 0))
    }
  }
}

extension BeforeAfter {
  /// The later amount alone, else the earlier one: two amounts that aren't of one thing.
  fileprivate var withoutGrowth: BeforeAfter {
    after == nil ? self : BeforeAfter(nil, after)
  }
}
