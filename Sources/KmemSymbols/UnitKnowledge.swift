internal import CElfutils

/// The facts of a compilation unit that are looked up again and again.
///
/// libdw's own search for the scopes of an address walks the whole unit each time.
@safe struct UnitKnowledge {
  let roots: SourceRoots
  /// The code of the unit's functions, sorted by where it begins.
  private var ranges: [(start: UInt64, end: UInt64, function: Dwarf_Die)] = unsafe []

  init(_ unit: UnsafeMutablePointer<Dwarf_Die>) {
    roots = unsafe SourceRoots(of: unit)
    unsafe add(childrenOf: unit.pointee, isNamespace: false)
    unsafe ranges.sort { unsafe $0.start < $1.start }
  }

  /// The function that has the address.
  func function(at pc: UInt64) -> Dwarf_Die? {
    var (low, high) = unsafe (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if unsafe ranges[middle].start <= pc { low = middle + 1 } else { high = middle }
    }
    guard low > 0, unsafe pc < ranges[low - 1].end else { return nil }
    return unsafe ranges[low - 1].function
  }

  /// Adds the functions below an entry; Rust keeps its functions in namespaces, and in the types
  /// that lie in those.
  private mutating func add(childrenOf parent: Dwarf_Die, isNamespace: Bool) {
    var parent = unsafe parent
    var child = unsafe Dwarf_Die()
    guard unsafe dwarf_child(&parent, &child) == 0 else { return }
    repeat {
      switch unsafe UInt32(truncatingIfNeeded: dwarf_tag(&child)) {
      case UInt32(DW_TAG_subprogram): unsafe add(child)
      case UInt32(DW_TAG_namespace): unsafe add(childrenOf: child, isNamespace: true)
      case UInt32(DW_TAG_structure_type) where isNamespace:
        unsafe add(childrenOf: child, isNamespace: true)
      default: break
      }
    } while unsafe child.advance()
  }

  private mutating func add(_ function: Dwarf_Die) {
    var function = unsafe function
    var base = Dwarf_Addr()
    var (start, end) = (Dwarf_Addr(), Dwarf_Addr())
    var offset = 0
    while true {
      offset = unsafe dwarf_ranges(&function, offset, &base, &start, &end)
      guard offset > 0 else { return }
      if start < end { unsafe ranges.append((start, end, function)) }
    }
  }
}

extension SourceRoots {
  /// The roots of a unit: every unit of the kernel includes a header of `include/linux`.
  init(of unit: UnsafeMutablePointer<Dwarf_Die>) {
    var attribute = unsafe Dwarf_Attribute()
    if unsafe dwarf_attr(unit, CUnsignedInt(DW_AT_comp_dir), &attribute) != nil,
      let directory = unsafe dwarf_formstring(&attribute)
    {
      working = unsafe Self.normalized(String(cString: directory))
    }
    var files: OpaquePointer?
    var count = 0
    guard unsafe dwarf_getsrcfiles(unit, &files, &count) == 0 else { return }
    for index in 0..<count {
      guard let name = unsafe dwarf_filesrc(files, index, nil, nil) else { continue }
      let path = unsafe Self.normalized(String(cString: name))
      guard let mark = path.firstRange(of: "/include/linux/")?.lowerBound else { continue }
      if mark > path.startIndex { kernel = String(path[..<mark]) }
      return
    }
  }
}

extension DebugFile {
  /// The facts of a unit, gathered at its first use.
  func knowledge(of unit: UnsafeMutablePointer<Dwarf_Die>) -> UnitKnowledge {
    let key = unsafe UInt64(dwarf_dieoffset(unit))
    if let known = units[key] { return known }
    let known = unsafe UnitKnowledge(unit)
    units[key] = known
    return known
  }
}

extension Dwarf_Die {
  /// Goes on to the next entry of the same parent; false at the last one.
  mutating func advance() -> Bool {
    var current = unsafe self
    return unsafe dwarf_siblingof(&current, &self) == 0
  }
}
