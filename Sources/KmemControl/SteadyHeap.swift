internal import Glibc

/// Memory of this process that is taken before it measures, so that measuring takes none.
///
/// Where a process keeps ever more, the kernel takes page tables for it; where it gives memory back
/// and takes it again, pages come and go. Both would be seen as another program's doing.
package enum SteadyHeap {
  /// The bytes that are taken and written to: what reading the kernel's files and parsing them needs
  /// on machines with hundreds of processors.
  private static let bytes = 32 << 20

  /// Takes the memory; from then on the allocator uses it again and gives none of it back.
  package static func prepare() {
    set(option: -3, to: .max)  // M_MMAP_THRESHOLD: no block of its own
    set(option: -1, to: .max)  // M_TRIM_THRESHOLD: nothing is given back
    set(option: -8, to: 1)  // M_ARENA_MAX: one heap for all threads
    guard let block = unsafe malloc(bytes) else { return }
    unsafe memset(block, 1, bytes)
    unsafe free(block)
  }

  /// Has the memory of large arrays given back when they grow or end, for a command that keeps very many
  /// things.
  ///
  /// The allocator would take blocks of up to 32 MiB from the heap once one was freed; the holes that
  /// growing arrays leave there were 51 of the 384 MB for a report of 100,000 stacks.
  package static func giveBackLargeBlocks() {
    set(option: -3, to: 1 << 20)  // M_MMAP_THRESHOLD
  }

  /// Sets an option of malloc.h, which Swift's module of the C library leaves out.
  ///
  /// Another library than GNU's has no such function, and keeps its ways.
  private static func set(option: CInt, to value: CInt) {
    guard let place = unsafe dlsym(nil, "mallopt") else { return }
    typealias Setter = @convention(c) (CInt, CInt) -> CInt
    _ = unsafe unsafeBitCast(place, to: Setter.self)(option, value)
  }
}
