/// The amounts of many samples, a row each, in one block of memory.
///
/// The block is taken and written to before the command runs for the first time, so that keeping a
/// sample takes no page: what grows by each sample would look like a leak of the command's.
struct AmountRows: Sendable {
  private static let missing = Int64.min

  /// How many rows there is room for; later ones are dropped.
  private let limit: Int
  private var places: [SeriesID: Int] = [:]
  private var width = 0
  private var cells: [Int64] = []
  private(set) var count = 0
  /// The amounts that there is room for.
  var room: Int { cells.count }

  /// Begins without rows.
  init(limit: Int) { self.limit = max(2, limit) }

  /// The series that any row has.
  var series: [SeriesID] { Array(places.keys) }

  /// Adds the next row.
  mutating func append(_ amounts: [SeriesID: Int64]) {
    guard count < limit else { return }
    if places.isEmpty { places.reserveCapacity(2 * amounts.count) }
    for id in amounts.keys where places[id] == nil { places[id] = places.count }
    if places.count > width { widen() }
    for (id, amount) in amounts {
      if let place = places[id] { cells[count * width + place] = amount }
    }
    count += 1
  }

  /// The amounts of a series by row; nil where a row has none.
  ///
  /// What isn't listed where others of its kind are holds nothing.
  func values(_ id: SeriesID) -> [Int64?] {
    guard let place = places[id] else { return [] }
    return (0..<count).map { row in
      let value = cells[row * width + place]
      return value == Self.missing ? (id.isNothingWhenAbsent ? 0 : nil) : value
    }
  }

  /// Makes room for all series known, and for a quarter more.
  private mutating func widen() {
    let wider = places.count + places.count / 4 + 64
    var all = Array(repeating: Self.missing, count: limit * wider)
    for row in 0..<count {
      for place in 0..<width { all[row * wider + place] = cells[row * width + place] }
    }
    (cells, width) = (all, wider)
  }
}
