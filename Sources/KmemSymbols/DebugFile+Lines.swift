internal import CElfutils
internal import KmemAnalysis

extension DebugFile {
  /// The lines of source that an address stands for, the innermost function first.
  ///
  /// Each line behind the first is the place of the call of the function before it, which the
  /// compiler inlined. Empty without line tables for the address.
  func lines(at address: UInt64, in function: String) -> [SourceLine] {
    guard let (unit, pc) = unsafe unit(of: address), let line = unsafe dwarf_getsrc_die(unit, pc),
      let file = unsafe dwarf_linesrc(line, nil, nil)
    else { return [] }
    var number: CInt = 0
    guard unsafe dwarf_lineno(line, &number) == 0, number > 0 else { return [] }
    let known = unsafe knowledge(of: unit)
    let roots = known.roots
    let calls = unsafe inlinedCalls(in: unit, pc, known)
    var lines = [
      SourceLine(
        function: calls.first?.name ?? function,
        file: unsafe roots.shortened(String(cString: file)),
        line: Int(number))
    ]
    for (index, call) in calls.enumerated() {
      guard let file = call.file, call.line > 0 else { break }
      let caller = index + 1 < calls.count ? calls[index + 1].name : nil
      lines.append(SourceLine(function: caller ?? function, file: file, line: call.line))
    }
    return lines
  }

  /// The compilation unit that the address belongs to, and the address as the unit has it.
  private func unit(of address: UInt64) -> (UnsafeMutablePointer<Dwarf_Die>, UInt64)? {
    var bias = Dwarf_Addr()
    if let unit = unsafe dwfl_module_addrdie(module, address, &bias) {
      return unsafe (unit, address &- bias)
    }
    // clang writes no table of the units' addresses (.debug_aranges), and old libdw needs it.
    var unit = unsafe dwfl_module_nextcu(module, nil, &bias)
    while let current = unsafe unit {
      if unsafe dwarf_haspc(current, address &- bias) == 1 {
        return unsafe (current, address &- bias)
      }
      unsafe unit = unsafe dwfl_module_nextcu(module, current, &bias)
    }
    return nil
  }

  /// A function that was inlined into another one, and the line that called it.
  private struct InlinedCall {
    let name: String?
    let file: String?
    let line: Int
  }

  /// The functions inlined into one another at the address, the innermost first.
  private func inlinedCalls(
    in unit: UnsafeMutablePointer<Dwarf_Die>, _ pc: UInt64, _ known: UnitKnowledge
  ) -> [InlinedCall] {
    var files: OpaquePointer?
    guard let function = unsafe known.function(at: pc),
      unsafe dwarf_getsrcfiles(unit, &files, nil) == 0
    else { return [] }
    var calls: [InlinedCall] = []
    var scope = unsafe function
    while unsafe Self.enter(&scope, pc) {
      guard unsafe dwarf_tag(&scope) == DW_TAG_inlined_subroutine else { continue }
      let number = unsafe Self.number(DW_AT_call_file, of: &scope).flatMap(Int.init(exactly:))
      let file = unsafe number.flatMap { unsafe dwarf_filesrc(files, $0, nil, nil) }
      calls.append(
        unsafe InlinedCall(
          name: dwarf_diename(&scope).map { unsafe String(cString: $0) },
          file: file.map { unsafe known.roots.shortened(String(cString: $0)) },
          line: Self.number(DW_AT_call_line, of: &scope).flatMap(Int.init(exactly:)) ?? 0))
    }
    return calls.reversed()
  }

  /// Goes on to the scope within this one that has the address; false if there is none.
  private static func enter(_ scope: inout Dwarf_Die, _ pc: UInt64) -> Bool {
    var child = unsafe Dwarf_Die()
    guard unsafe dwarf_child(&scope, &child) == 0 else { return false }
    repeat {
      let tag = unsafe dwarf_tag(&child)
      if tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block,
        unsafe dwarf_haspc(&child, pc) == 1
      {
        unsafe scope = child
        return true
      }
    } while unsafe child.advance()
    return false
  }

  private static func number(
    _ name: some BinaryInteger, of die: UnsafeMutablePointer<Dwarf_Die>
  ) -> UInt64? {
    var attribute = unsafe Dwarf_Attribute()
    var value = Dwarf_Word()
    guard unsafe dwarf_attr(die, CUnsignedInt(truncatingIfNeeded: name), &attribute) != nil,
      unsafe dwarf_formudata(&attribute, &value) == 0
    else { return nil }
    return value
  }
}
