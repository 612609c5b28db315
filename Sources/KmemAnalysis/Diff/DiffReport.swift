/// What `diff` tells of two moments: what grew, who owns it, and what programs gained meanwhile.
package struct DiffReport: Sendable {
  /// What changed, by class, cache, caller and line of source.
  package let growth: Growth
  /// Who owns what grew, the largest growth first.
  package let attributions: [Attribution]
  /// What modules and parts of the kernel gained.
  package let ledger: HolderTotals
  /// The processes whose own memory changed, the one that gained most first.
  package let processes: SourceList<ProcessGrowth.Change>
  /// The processes that a tool lists at both moments, the one that gained most first.
  package let listed: [ListedGrowth]
  /// The control groups whose programs gained memory, the one that gained most first.
  package let cgroups: [CgroupChange]
  /// The programs that gained open files, the one that gained most first.
  package let openFiles: SourceList<OpenFileGain>

  /// Compares two moments, the earlier one first; `leaks` are what kmemleak says of the later one.
  package init(from before: MemoryModel, to after: MemoryModel, leaks: [LeakGroup] = []) {
    growth = Growth(from: before, to: after)
    attributions = Attribution.all(of: growth, from: before, to: after, leaks: leaks)
    ledger = HolderTotals(from: KernelHolders(before), to: KernelHolders(after))
    let (old, new) = (before.snapshot, after.snapshot)
    let programs = ProcessGrowth(from: old, to: new)
    processes = SourceList(from: old, to: new, programs)
    listed = ListedGrowth.all(from: old, to: new)
    cgroups = CgroupChange.all(from: old, to: new)
    openFiles = SourceList(from: old, to: new, programs)
  }
}
