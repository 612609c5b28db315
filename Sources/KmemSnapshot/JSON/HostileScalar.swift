extension Unicode.Scalar {
  /// Whether the character does something to whoever shows it, or can't be seen: C0, DEL, C1, what
  /// turns the direction of writing around, what joins or breaks without a mark, fillers without a
  /// glyph.
  ///
  /// Names of processes, files, control groups and modules come from anybody. An escape sequence in
  /// one must reach no terminal, and an invisible character must make no name look like another. This
  /// is the one rule for every output: text, JSON, JUnit, CSV.
  package var isHostile: Bool {
    guard value < 0x20 || value >= 0x7F else { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    default: return Self.fillers.contains(value)
    }
  }

  /// Letters and marks that no font shows: Hangul's fillers, the Khmer inherent vowels, the selectors
  /// of variants.
  private static let fillers = Set<UInt32>([0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0])
    .union(0xFE00...0xFE0F)
}
