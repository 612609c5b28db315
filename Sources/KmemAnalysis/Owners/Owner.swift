/// Who asked for memory, as far as it is known: a module, a function, a line of source.
package struct Owner: Hashable, Sendable {
  /// The module; nothing for the kernel itself.
  package var module: String?
  /// The function without what compilers append (`.constprop.0`).
  package var function: String?
  /// The file of the kernel's source tree.
  package var file: String?
  /// The line in that file.
  package var line: Int?

  /// An owner as far as it is known; what compilers append to the function is dropped.
  package init(
    module: String? = nil, function: String? = nil, file: String? = nil, line: Int? = nil
  ) {
    self.module = module
    // Few names have what compilers append, and there are thousands of lines.
    self.function = function.map {
      $0.utf8.contains(UInt8(ascii: ".")) ? LeakFrame.withoutCompilerSuffix($0) : $0
    }
    self.file = file
    self.line = line
  }

  /// The owner of what a line of source allocates.
  package init(_ tag: AllocationSite) {
    self.init(module: tag.module, function: tag.function, file: tag.file, line: tag.line)
  }

  /// The owner of the areas of a caller of vmalloc; the offset in the function is dropped.
  package init(_ caller: VmallocCaller) {
    let name = caller.caller.prefix { $0 != "+" }
    self.init(module: caller.module, function: String(name))
  }

  /// Whether both are one function, or one module where a side knows no function.
  func isSame(as other: Owner) -> Bool {
    guard module == other.module else { return false }
    guard let function, let theirs = other.function else { return module != nil }
    return function == theirs
  }

  /// The directory of the source that the file is in: `fs/ext4`, `mm`, `drivers/net`.
  package var directory: String? {
    guard let file else { return nil }
    let steps = file.split(separator: "/").dropLast()
    let depth = steps.first.map { Self.large.contains(String($0)) ? 2 : 1 } ?? 0
    return depth == 0 ? "." : steps.prefix(depth).joined(separator: "/")
  }

  /// Whether it's the allocator of per-CPU memory, which asks on behalf of somebody else.
  package var isPercpuAllocator: Bool { function?.hasPrefix(VmallocCaller.percpuPrefix) == true }

  /// Directories whose parts are told apart.
  private static let large: Set = [
    "fs", "net", "drivers", "sound", "arch", "security", "kernel", "include",
  ]
}
