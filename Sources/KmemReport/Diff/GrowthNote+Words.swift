import KmemAnalysis

/// What no class shows by itself and an expert says first: that MemTotal changed, that programs lie in
/// swap, that one class of the kernel's grew as another shrank.
struct DiffNews {
  let growth: Growth

  init(_ growth: Growth) { self.growth = growth }

  /// The sentences, each with a space before it; empty where there is nothing to add.
  var sentences: String {
    [balloon, total, swap, offset].compactMap { $0 }.map { " \($0)" }.joined()
  }

  private var floor: Int64 { growth.verdict.floor }

  /// MemTotal of one boot changes when a balloon takes pages or memory is added or taken away.
  private var total: String? {
    guard let change = growth.total.growth, change.magnitude >= floor.magnitude * 4 else {
      return nil
    }
    return change < 0
      ? "MemTotal itself fell by \(Amount.short(-change)): a balloon, or memory taken offline."
      : "MemTotal itself rose by \(Amount.short(change)): memory was added or given back."
  }

  /// What a balloon took explains what went to no class, or why MemTotal fell.
  private var balloon: String? {
    guard let change = growth.balloon.growth, change >= floor else { return nil }
    return "The host's balloon took \(Amount.short(change)) meanwhile: no driver's pages."
  }

  private var swap: String? {
    guard let change = growth.swapUsed.growth, change >= floor * 4 else { return nil }
    return
      "Swap in use grew by \(Amount.short(change)): that memory of programs isn't in the classes."
  }

  /// A class of the kernel's that grew much although the kernel's memory in sum did not.
  private var offset: String? {
    guard growth.verdict.conclusion == .stable,
      let grown = growth.classes.filter({ $0.memoryClass.side == .kernel })
        .max(by: { ($0.bytes.growth ?? 0) < ($1.bytes.growth ?? 0) }),
      let gained = grown.bytes.growth, gained >= floor * 4
    else { return nil }
    return "But \(grown.memoryClass.title) grew by \(Amount.short(gained)) as other memory of the "
      + "kernel's shrank: does it go on?"
  }
}
