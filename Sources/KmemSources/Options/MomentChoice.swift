internal import KmemSnapshot

/// Which moments are wanted of what may hold several.
package enum MomentChoice: Hashable, Sendable {
  /// The last one.
  case last
  /// The one of that number, counted from 1.
  case number(Int)
  /// The first and the last; one where there is only one.
  case ends
  /// All of them, in the order of time; of a long text those that stand for the others.
  case all

  var number: Int? { if case .number(let number) = self { number } else { nil } }

  /// The numbers of the moments that are meant, of so many.
  ///
  /// - Throws: `SourceError` if there is no such moment.
  func numbers(of name: String, count: Int) throws -> [Int] {
    switch self {
    case .last: return [count]
    case .ends: return count > 1 ? [1, count] : [1]
    case .all: return Array(1...max(1, count))
    case .number(let number):
      guard (1...max(1, count)).contains(number) else {
        throw SourceError(
          .noSuchInput,
          count > 1
            ? "\(name) holds \(count) moments: write \(TextMoment.reference(name, 1)) to "
              + TextMoment.reference(name, count)
            : "\(name) holds one moment: write \(name)")
      }
      return [number]
    }
  }
}

/// The one capture of a list that has one.
///
/// - Throws: `SourceError` for an empty list, which no reader makes.
func one(of captures: [Capture]) throws -> Capture {
  guard let capture = captures.last else { throw SourceError(.badData, "nothing was read") }
  return capture
}
