/// What no class shows by itself, and an expert says first; amounts are in bytes.
package enum GrowthNote: Hashable, Sendable {
  /// The host's balloon took so much.
  case balloon(Int64)
  /// MemTotal changed within one boot: by a balloon, or by memory that was added or taken away.
  case total(Int64)
  /// So much more of programs' memory lies in swap.
  case swap(Int64)
  /// A class of the kernel's grew much although the kernel's memory in sum did not.
  case offset(MemoryClass, Int64)
}

extension Growth {
  /// The notes of a comparison; of a balloon from the noise floor on, of all others from four times it.
  package var notes: [GrowthNote] {
    guard verdict.isComparable else { return [] }
    let much = verdict.floor.timesClamped(4)
    let amounts: [GrowthNote?] = [
      balloon.growth.flatMap { $0 >= verdict.floor ? .balloon($0) : nil },
      total.growth.flatMap { $0.magnitude >= much.magnitude ? .total($0) : nil },
      swapUsed.growth.flatMap { $0 >= much ? .swap($0) : nil },
      verdict.conclusion == .stable
        ? largestOfKernel.flatMap { $1 >= much ? .offset($0, $1) : nil } : nil,
    ]
    return amounts.compactMap(\.self)
  }

  private var largestOfKernel: (MemoryClass, Int64)? {
    classes.filter { $0.memoryClass.side == .kernel }
      .compactMap { change in change.bytes.growth.map { (change.memoryClass, $0) } }
      .max { $0.1 < $1.1 }
  }
}
