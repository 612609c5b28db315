extension Unicode.Scalar {
  /// Whether the character does something to whoever shows it, or can't be seen: C0, DEL, C1, what
  /// turns the direction of writing around, what joins or breaks without a mark, fillers without a
  /// glyph.
  ///
  /// Names of processes, files, control groups and modules come from anybody. An escape sequence in
  /// one must reach no terminal, and an invisible character must make no name look like another. This
  /// is the one rule for every output: text, JSON, JUnit, CSV, HTML, Prometheus.
  package var isHostile: Bool {
    guard value < 0x20 || value >= 0x7F else { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    // Hangul's fillers, the Khmer inherent vowels, the selectors of variants: no font shows them.
    default: return properties.isDefaultIgnorableCodePoint
    }
  }
}
