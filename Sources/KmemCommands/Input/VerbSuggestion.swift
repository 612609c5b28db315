import KmemReport

/// A first word that is no command, and the command that was probably meant.
struct VerbSuggestion {
  let refusal: ArgumentRefusal

  /// Nil if the first word is a command or an option.
  init?(arguments: [String], verbs: [String]) {
    guard let word = arguments.first, !word.hasPrefix("-"), !verbs.contains(word) else {
      return nil
    }
    let nearest = verbs.map { (verb: $0, distance: Self.distance(word, $0)) }
      .min { $0.distance < $1.distance }
    let guess = nearest.flatMap { $0.distance <= 2 ? $0.verb : nil }
    refusal = .noVerb(word, nearest: guess, verbs: verbs)
  }

  /// How many letters must be put in, taken out, replaced or swapped with their neighbour.
  private static func distance(_ first: String, _ second: String) -> Int {
    let (one, other) = (Array(first), Array(second))
    guard one.count <= 40 else { return one.count }
    var table = (0...one.count).map { row in
      (0...other.count).map { row == 0 ? $0 : $0 == 0 ? row : 0 }
    }
    for row in one.indices {
      for column in other.indices {
        let same = one[row] == other[column]
        var best = min(table[row][column + 1] + 1, table[row + 1][column] + 1)
        best = min(best, table[row][column] + (same ? 0 : 1))
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          best = min(best, table[row - 1][column - 1] + 1)
        }
        table[row + 1][column + 1] = best
      }
    }
    return table[one.count][other.count]
  }
}
