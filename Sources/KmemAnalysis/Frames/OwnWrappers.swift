/// A module's own wrappers of the kernel's allocators, as far as their names tell: `rkmalloc`.
///
/// What they call to get the memory is a part of them: of `__kmalloc < generic_alloc < rkmalloc <
/// normal_pff_dump` the last one asked. Wrappers with other names are the user's to name.
enum OwnWrappers {
  /// So far from the allocator wrappers are looked for.
  private static let depth = 8

  private static let endings = [
    "kmalloc", "kzalloc", "kcalloc", "kvmalloc", "kvzalloc", "kmalloc_node", "kmalloc_array",
    "vmalloc", "vzalloc",
  ].map { Array($0.utf8) }

  /// The frames, with those passed over that are such a wrapper, or lie between it and the allocator
  /// in the wrapper's own module.
  static func marking(_ frames: [LeakFrame]) -> [LeakFrame] {
    guard
      let last = frames.prefix(depth).lastIndex(where: { $0.mayBeCulprit && isWrapper($0) }),
      last + 1 < frames.count,
      frames[..<last].allSatisfy({ !$0.mayBeCulprit || $0.module == frames[last].module })
    else { return frames }
    var frames = frames
    for index in 0...last where frames[index].mayBeCulprit {
      frames[index].passedOver = .allocator
    }
    return frames
  }

  private static func isWrapper(_ frame: LeakFrame) -> Bool {
    guard let symbol = frame.symbol else { return false }
    let bytes = symbol.utf8.span
    let name = bytes.extracting(AllocatorFunctions.stem(of: bytes))
    return endings.contains { name.count > $0.count && name.ends($0) }
  }
}
