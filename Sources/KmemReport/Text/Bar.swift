/// A share as a bar of blocks, for the eye to run down a column.
enum Bar {
  private static let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar of at most `columns` columns, as long as the amount's share of the largest one.
  static func text(_ amount: Int64, of largest: Int64, columns: Int) -> String {
    guard amount > 0, largest > 0, columns > 0 else { return "" }
    let share = min(1, Double(amount) / Double(largest))
    let eighths = Int((share * Double(columns) * 8).rounded())
    // Any amount above zero shows.
    guard eighths > 0 else { return parts[1] }
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
