import KmemAnalysis

extension HeldDoubt {
  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  /// The sentence that stands in the place of an all-clear.
  var sentence: String {
    switch self {
    case .objects(let cache, let gained, let things, let counted?):
      "\(Self.capitalized(things.title)) changed by \(Amount.signedCount(counted)) only, and objects of "
        + "\(TerminalText.safe(cache)) by \(Amount.signedCount(gained)): the kernel keeps what programs "
        + "have given back."
    case .objects:
      "It goes when they are closed or removed; whether programs have more of them isn't known."
    case .hugePages: "Huge pages are set aside until vm.nr_hugepages is lowered, in use or not."
    case .stacks(let threads?):
      "Threads changed by \(Amount.signedCount(threads)) only: the kernel keeps stacks of threads "
        + "that ended."
    case .stacks: "It goes when the threads end; whether there are more of them isn't known."
    }
  }
}
