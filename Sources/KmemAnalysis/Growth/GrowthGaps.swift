import KmemParsers
import KmemSnapshot

/// What two moments lack for a comparison of all memory.
///
/// What is in no class is MemTotal less everything else, so its growth is known only if all the rest
/// is known at both moments, from the same lines of the same files.
package struct GrowthGaps: Hashable, Sendable {
  /// What was read at one moment only, in the order of the books.
  package let oneSided: [Books.Component]
  /// What neither moment has although kernels as new as this one print it.
  package let absent: [Books.Component]
  /// At which moments there is a meminfo.
  package let meminfo: Presence
  /// Whether a meminfo is a container's, which doesn't tell the kernel's memory.
  package let isContainer: Bool
  /// Whether both moments tell the pages on per-CPU lists; else these are a part of what is in no
  /// class, on both sides alike.
  package let hasFreeLists: Bool

  /// At which of the moments a file was read.
  package enum Presence: Hashable, Sendable {
    case both, one, neither
  }

  /// Whether there is no gap: all memory can be compared.
  package var isEmpty: Bool {
    meminfo == .both && oneSided.isEmpty && absent.isEmpty && !isContainer
  }
}

extension GrowthGaps {
  /// The gaps between two snapshots whose classes are `lines`.
  init(from before: MemoryModel, to after: MemoryModel) {
    let (old, new) = (before.snapshot, after.snapshot)
    let compared = ComparedClasses(from: before, to: after)
    var oneSided: [Books.Component] = []
    let total = Books.Component.line(.memTotal)
    let gaps = MemoryClass.allCases.flatMap(compared.oneSided)
    for gap in (old.has(total) != new.has(total) ? [total] : []) + gaps
    where !oneSided.contains(gap) {
      oneSided.append(gap)
    }
    self.oneSided = oneSided
    meminfo =
      switch (old.meminfo.value, new.meminfo.value) {
      case (_?, _?): .both
      case (nil, nil): .neither
      default: .one
      }
    absent = PrintedLines(old, new).absent
    isContainer = old.containerMeminfo != nil || new.containerMeminfo != nil
    hasFreeLists = old.has(.zoneinfo) && new.has(.zoneinfo)
  }
}

/// The classes of two moments, and which of their values only one moment has.
struct ComparedClasses {
  let before: MemoryModel
  let after: MemoryModel

  init(from before: MemoryModel, to after: MemoryModel) {
    self.before = before
    self.after = after
  }

  /// The class's line at each moment.
  func lines(_ memoryClass: MemoryClass) -> (before: Books.Line?, after: Books.Line?) {
    (
      before.classes.first { $0.memoryClass == memoryClass },
      after.classes.first { $0.memoryClass == memoryClass }
    )
  }

  /// All that the class is made of at either moment.
  func components(_ memoryClass: MemoryClass) -> [Books.Component] {
    let (first, second) = lines(memoryClass)
    let old = first?.origin.components ?? []
    return old + (second?.origin.components ?? []).filter { !old.contains($0) }
  }

  /// All that must be there for the class to hold nothing else: stacks that no line tells would be a
  /// part of vmalloc.
  func needs(_ memoryClass: MemoryClass) -> [Books.Component] {
    components(memoryClass) + (memoryClass == .vmalloc ? [.line(.kernelStack)] : [])
  }

  /// What the class is made of at one moment only: then its amounts aren't of one thing.
  func oneSided(_ memoryClass: MemoryClass) -> [Books.Component] {
    let (first, second) = lines(memoryClass)
    guard memoryClass != .unaccounted, first != nil || second != nil else { return [] }
    let all = components(memoryClass)
    let gaps = (all + Self.deciding(memoryClass)).filter(isOneSided)
    // What decides how an amount is made matters only where it was made otherwise.
    let isAlike = first?.origin == second?.origin && (first?.bytes == nil) == (second?.bytes == nil)
    if isAlike || memoryClass == .instrumentation { return all.filter(isOneSided) }
    return gaps.isEmpty ? all : gaps
  }

  private func isOneSided(_ component: Books.Component) -> Bool {
    before.snapshot.has(component) != after.snapshot.has(component)
  }

  /// The files that decide whether kernel stacks are taken out of vmalloc memory.
  private static func deciding(_ memoryClass: MemoryClass) -> [Books.Component] {
    memoryClass == .vmalloc ? [.config, .vmallocinfo] : []
  }
}
