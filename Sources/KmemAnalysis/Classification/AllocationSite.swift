package import KmemParsers

/// A line of source that allocates, as `/proc/allocinfo` names it.
package struct AllocationSite: Hashable, Comparable, Sendable {
  /// The file in the kernel's source tree, as the compiler wrote it.
  package let file: String
  /// The line in that file.
  package let line: Int
  /// The function that the line is in.
  package let function: String
  /// The module; nothing for the kernel itself.
  package let module: String?

  /// The line of that file.
  package init(file: String, line: Int, function: String, module: String?) {
    self.file = file
    self.line = line
    self.function = function
    self.module = module
  }

  /// Compares what differs most often first: there are thousands of lines.
  package static func == (first: Self, second: Self) -> Bool {
    first.line == second.line && first.function == second.function && first.file == second.file
      && first.module == second.module
  }

  /// Folds the names to one number first, which costs less than to hash them as texts.
  ///
  /// All their bytes count: a file of a stranger's may have thousands of lines that differ in a digit.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(Self.fold(Self.fold(line, function), file))
  }

  private static func fold(_ start: Int, _ text: String) -> Int {
    let bytes = text.utf8.span
    return bytes.indices.reduce(start) { sum, index in (sum &* 31) &+ Int(bytes[index]) }
  }

  package static func < (first: Self, second: Self) -> Bool {
    (first.file, first.line, first.function) < (second.file, second.line, second.function)
  }
}

extension AllocationSite {
  /// The line that a row of allocinfo names.
  package init(_ tag: Allocinfo.Tag) {
    self.init(file: tag.file, line: tag.line, function: tag.function, module: tag.module)
  }
}

extension AllocationSite {
  /// What a line's bytes are to someone who looks for an owner.
  package enum Role: Sendable {
    case owner
    /// The pages behind slab objects: the objects' own lines count them already.
    case slabPages
    /// The chunks behind per-CPU objects, which the objects' own lines count.
    case percpuChunks
    /// The pages of programs and of the page cache, which are classes of their own.
    case userPages
    /// Kernel debugging.
    case instrumentation
  }

  /// What the line's bytes are, by its file and function.
  package var role: Role {
    if function == "alloc_slab_page" || file == "mm/slab.c" { return .slabPages }
    // Vectors beside each slab, in which profiling and memory cgroups note their objects.
    if function == "alloc_slab_obj_exts" { return .instrumentation }
    // There are thousands of lines, most in other folders than those that are special.
    guard file.hasPrefix("mm/") || file.hasPrefix("lib/") || file.hasPrefix("include/") else {
      return .owner
    }
    if file.hasPrefix("mm/percpu") { return .percpuChunks }
    if Self.userFiles.contains(file), takesUserPages { return .userPages }
    return Self.debugFiles.contains(file) ? .instrumentation : .owner
  }

  /// Whether the function, in a file that serves user pages, takes such a page.
  ///
  /// It says so in its name. The others (`mpol_new`, `resv_map_alloc`, `shmem_fill_super`) take memory of the kernel's
  /// own.
  private var takesUserPages: Bool {
    ["page", "folio", "fault", "swap"].contains { function.contains($0) }
  }

  /// Files in which pages of programs and of the page cache are taken.
  private static let userFiles: Set = [
    "mm/memory.c", "mm/shmem.c", "mm/filemap.c", "mm/huge_memory.c", "mm/readahead.c",
    "mm/swap_state.c", "mm/mempolicy.c", "mm/khugepaged.c", "mm/hugetlb.c",
    "include/linux/pagemap.h",
  ]

  private static let debugFiles: Set = [
    "lib/stackdepot.c", "mm/kmemleak.c", "mm/page_ext.c", "mm/page_owner.c", "lib/alloc_tag.c",
    "lib/codetag.c",
  ]
}

extension AllocationSite {
  /// Whose the memory is that the line allocates.
  package var side: MemorySide {
    switch role {
    case .owner: isOfInodes ? .cache : .kernel
    case .slabPages, .percpuChunks: .kernel
    case .userPages: .userSpace
    case .instrumentation: .debugging
    }
  }

  /// Whether it allocates what the kernel gives back together with files in cache.
  private var isOfInodes: Bool {
    function.hasSuffix("alloc_inode") || ["alloc_buffer_head", "__d_alloc"].contains(function)
  }
}

extension AllocationSite {
  /// Whether the line belongs to a filesystem, which holds cache beside memory of its own.
  var isOfFilesystem: Bool { file.hasPrefix("fs/") }
}
