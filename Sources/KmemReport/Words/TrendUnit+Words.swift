import KmemAnalysis

extension TrendUnit {
  /// An amount as a person reads it: `4.0 KiB`, `20 open files`.
  func words(_ amount: Double) -> String {
    guard abs(amount) < 9e18 else { return "?" }
    switch self {
    case .bytes, .addressSpace: return Amount.short(Int64(amount.rounded()))
    case .count(let things):
      let number = number(amount)
      return "\(number) \(things.title(after: number))"
    }
  }

  /// A count, with a decimal below ten, so that a rate of 0.3 files doesn't read as none.
  private func number(_ amount: Double) -> String {
    let tenths = Int64((min(abs(amount), 1e17) * 10).rounded())
    guard tenths < 100, tenths % 10 != 0 else { return Amount.count(Int64(amount.rounded())) }
    return "\(amount < 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
  }
}
