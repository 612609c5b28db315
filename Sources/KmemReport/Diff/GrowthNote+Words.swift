import KmemAnalysis

extension GrowthNote {
  /// The note as a sentence with its full stop.
  var sentence: String {
    switch self {
    case .balloon(let bytes):
      "The host's balloon took \(Amount.short(bytes)) meanwhile: no driver's pages."
    case .total(let bytes):
      bytes < 0
        ? "MemTotal itself fell by \(Amount.short(-bytes)): a balloon, or memory taken offline."
        : "MemTotal itself rose by \(Amount.short(bytes)): memory was added or given back."
    case .swap(let bytes):
      "Swap in use grew by \(Amount.short(bytes)): that memory of programs isn't in the classes."
    case .offset(let memoryClass, let bytes):
      "But \(memoryClass.title) grew by \(Amount.short(bytes)) as other memory of the "
        + "kernel's shrank: does it go on?"
    }
  }
}
