internal import CElfutils

/// The directories in front of the file names of a compilation unit, which say nothing of the code.
struct SourceRoots {
  /// Where the compiler ran.
  var working: String?
  /// Where the kernel's source lay.
  var kernel: String?

  /// The name below the kernel's source, else below the directory of the build, else whole.
  func shortened(_ file: String) -> String {
    let file = Self.normalized(file)
    for root in [kernel, working].compactMap(\.self) where file.hasPrefix(root + "/") {
      return String(file.dropFirst(root.count + 1))
    }
    return file
  }

  /// The path without `.` and `..`: kernels built elsewhere name `../../../mm/slub.c`.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

extension DebugFile {
  /// The roots of a unit: every unit of the kernel includes a header of `include/linux`.
  func roots(of unit: UnsafeMutablePointer<Dwarf_Die>) -> SourceRoots {
    let key = unsafe UInt64(dwarf_dieoffset(unit))
    if let known = roots[key] { return known }
    var found = SourceRoots()
    var attribute = unsafe Dwarf_Attribute()
    if unsafe dwarf_attr(unit, CUnsignedInt(DW_AT_comp_dir), &attribute) != nil,
      let directory = unsafe dwarf_formstring(&attribute)
    {
      found.working = unsafe SourceRoots.normalized(String(cString: directory))
    }
    found.kernel = unsafe headerRoot(of: unit)
    roots[key] = found
    return found
  }

  private func headerRoot(of unit: UnsafeMutablePointer<Dwarf_Die>) -> String? {
    var files: OpaquePointer?
    var count = 0
    guard unsafe dwarf_getsrcfiles(unit, &files, &count) == 0 else { return nil }
    for index in 0..<count {
      guard let name = unsafe dwarf_filesrc(files, index, nil, nil) else { continue }
      let path = unsafe SourceRoots.normalized(String(cString: name))
      if let start = path.firstRange(of: "/include/linux/")?.lowerBound {
        return start == path.startIndex ? nil : String(path[..<start])
      }
    }
    return nil
  }
}
