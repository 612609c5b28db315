/// A function of an object file.
struct CodeSymbol: Hashable {
  let name: String
  /// The address that libdwfl gave it.
  let address: UInt64
  /// The size that the symbol table gives; 0 for most functions written in assembler.
  let size: UInt64
  /// The bytes to the next symbol; nil for the last one of a section.
  var reach: UInt64?
  /// The index of its section.
  let section: Int

  /// Whether kallsyms would print this length for the function.
  ///
  /// kallsyms reckons to the next symbol; for the last one to the end of the text, a page at most.
  func fits(_ length: UInt64) -> Bool {
    if let reach, reach == length { return true }
    guard length >= size else { return false }
    return size == 0 || length - size < 64 || reach == nil && length - size < 1 << 16
  }
}
