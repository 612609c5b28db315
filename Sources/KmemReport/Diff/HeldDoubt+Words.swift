import KmemAnalysis

extension HeldDoubt {
  /// The sentence that stands in the place of an all-clear.
  var sentence: String {
    switch self {
    case .objects(let cache, let gained, let things, let counted?):
      "But \(things.title) changed by \(Amount.signedCount(counted)) only, and objects of "
        + "\(cache) by \(Amount.signedCount(gained)): the kernel may "
        + "keep what programs have given back."
    case .objects:
      "It goes when they are closed or removed; whether programs have more of them isn't known."
    case .hugePages: "Huge pages are set aside until vm.nr_hugepages is lowered, in use or not."
    case .stacks(let threads?):
      "But threads changed by \(Amount.signedCount(threads)) only: the kernel may keep stacks of "
        + "threads that ended."
    case .stacks: "It goes when the threads end; whether there are more of them isn't known."
    }
  }
}
