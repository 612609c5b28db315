internal import CElfutils

extension DebugFile {
  /// The functions with these names; the compiler may have made several of one name.
  func functions(named names: Set<String>) -> [String: [CodeSymbol]] {
    var found: [CodeSymbol] = []
    // Functions are sorted by section: where the last one of a section ends has nothing to do with
    // the next section.
    var starts: [Int: [UInt64]] = [:]
    forEachFunction { name, address, size, section in
      starts[section, default: []].append(address)
      guard let own = Self.match(name, names) else { return }
      found.append(
        CodeSymbol(name: own, address: address, size: size, reach: nil, section: section))
    }
    for section in Array(starts.keys) { starts[section]?.sort() }
    var functions: [String: [CodeSymbol]] = [:]
    for var symbol in found {
      // Aliases of one function count once.
      let isKnown = functions[symbol.name]?.contains { $0.address == symbol.address } ?? false
      guard !isKnown else { continue }
      symbol.reach = Self.next(after: symbol.address, in: starts[symbol.section] ?? [])
        .map { $0 - symbol.address }
      functions[symbol.name, default: []].append(symbol)
    }
    return functions
  }

  /// Calls `body` with each function's name, address, size and section.
  func forEachFunction(_ body: (String, UInt64, UInt64, Int) -> Void) {
    let code = Set(elf.sections.filter(\.isCode).map(\.index))
    let count = unsafe dwfl_module_getsymtab(module)
    var index: CInt = 1
    while index < count {
      var symbol = GElf_Sym()
      var address = GElf_Addr()
      var section = GElf_Word()
      let name = unsafe dwfl_module_getsym_info(
        module, index, &symbol, &address, &section, nil, nil)
      index += 1
      // STT_FUNC (2), functions found at run time (10), and assembler's without a type (0).
      guard let name = unsafe name, [0, 2, 10].contains(symbol.st_info & 0xF),
        code.contains(Int(section)), unsafe name.pointee != 0
      else { continue }
      unsafe body(String(cString: name), address, symbol.st_size, Int(section))
    }
  }

  /// The wanted name that the symbol has; clang's suffix of `.llvm.` and a number doesn't count.
  private static func match(_ name: String, _ names: Set<String>) -> String? {
    if names.contains(name) { return name }
    guard let mark = name.utf8.firstIndex(of: UInt8(ascii: ".")),
      name[mark...].hasPrefix(".llvm.")
    else { return nil }
    let plain = String(name[..<mark])
    return names.contains(plain) ? plain : nil
  }

  private static func next(after address: UInt64, in sorted: [UInt64]) -> UInt64? {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= address { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count ? sorted[low] : nil
  }
}

extension DebugFile {
  /// How many bytes into its section the address lies.
  func offset(inSection address: UInt64) -> UInt64? {
    var address = GElf_Addr(address)
    var bias = GElf_Addr()
    guard unsafe dwfl_module_address_section(module, &address, &bias) != nil else { return nil }
    return address
  }
}
