/// Amounts over time as a line of small bars.
enum Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  /// At most `columns` bars, each the lowest amount in its part of the time; blank where there is
  /// none.
  static func text(_ values: [Int64?], columns: Int = 16) -> String {
    let parts = parts(values, columns)
    let known = parts.compactMap(\.self)
    guard let low = known.min(), let high = known.max() else { return "" }
    let range = Double(high) - Double(low)
    return String(
      parts.map { value -> Character in
        guard let value else { return " " }
        guard range > 0 else { return bars[0] }
        let height = (Double(value) - Double(low)) / range * Double(bars.count - 1)
        return bars[min(bars.count - 1, max(0, Int(height.rounded())))]
      })
  }

  private static func parts(_ values: [Int64?], _ columns: Int) -> [Int64?] {
    guard columns > 0, values.count > columns else { return values }
    return (0..<columns).map { column in
      values[(column * values.count / columns)..<((column + 1) * values.count / columns)]
        .compactMap(\.self).min()
    }
  }
}
