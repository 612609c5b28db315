import ArgumentParser

/// A span of time on the command line: `10s`, `1h`, `2h30m`, `500ms`, `7d`; a bare number is seconds.
struct TimeSpan: ExpressibleByArgument {
  let seconds: Double

  private static let units: [String: Double] = [
    "ms": 0.001, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604_800, "": 1,
  ]

  init?(argument: String) {
    var total = 0.0
    var rest = argument[...].filter { $0 != " " }[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let value = Double(number), let factor = Self.units[unit.lowercased()] else {
        return nil
      }
      total += value * factor
    }
    guard total.isFinite, total < 1e10 else { return nil }
    seconds = total
  }
}
