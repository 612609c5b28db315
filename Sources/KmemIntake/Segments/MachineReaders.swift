internal import KmemParsers

/// Reads a text whose lines may be those of several machines, mixed as they came: those of each are
/// read by themselves.
struct MachineReaders {
  private let limit: Int
  private var readers: [IntakeReader]
  /// The readers of the machines that stood before lines.
  private var places: [String: Int] = [:]
  private var current = 0
  /// Whether lines of a machine came again after those of another.
  private var isMixed = false
  /// Whether all names are words without digits or points, before lines that no log wrote.
  private var areWords = true

  /// So many machines are told apart; the lines of further ones are taken as those of one reader.
  private static let most = 1024

  init(limit: Int) {
    self.limit = limit
    readers = [IntakeReader(limit: limit)]
  }

  /// Whether one of the readers is within a kernel file.
  var isInFile: Bool { readers.contains { $0.isInFile } }

  /// A time that stands behind the last file of a text of one machine.
  var leftover: TimeMark? { readers.count == 1 ? readers[0].leftover : nil }

  /// The names before lines, if they may as well be those of moments: words that come one after the
  /// other, `patched: ` and `plain: `.
  var namesInDoubt: Set<String> {
    isMixed || !areWords || places.count < 2 ? [] : Set(places.keys)
  }

  /// Reads the next piece, and hands over the moments that ended in it.
  mutating func read(
    _ piece: Span<UInt8>, stamps: [LineStamp], _ receive: (IntakeMoment) -> Void
  ) {
    guard stamps.contains(where: { $0.machine != nil }) else {
      return readers[current].read(piece, stamps: stamps, receive)
    }
    areWords =
      areWords && stamps.allSatisfy { $0.machine?.allSatisfy(\.isLetter) ?? true && $0.mark == nil }
    var runs = Runs(stamps)
    var start = 0
    var line = 0
    while start < piece.count {
      // A line that began in the piece before is that one's machine's.
      if !readers[current].isInLine, let machine = runs.machine(of: line) { turn(to: machine) }
      var end = start
      let first = line
      repeat {
        end = min(piece.offset(ofByte: Ascii.newline, from: end) + 1, piece.count)
        line += 1
      } while end < piece.count && !runs.turns(at: line)
      let own = runs.stamps(of: first..<line)
      readers[current].read(piece.extracting(start..<end), stamps: own, receive)
      start = end
    }
  }

  /// Hands over the last moment of each machine once the text has ended.
  mutating func finish(_ receive: (IntakeMoment) -> Void) {
    for index in readers.indices { readers[index].finish(receive) }
  }

  /// Takes the next lines for those of a machine; what was above the first of all is its too.
  private mutating func turn(to machine: String) {
    let lines = readers[current].lines
    if let place = places[machine] {
      isMixed = isMixed || place != current
      current = place
    } else if readers.count < Self.most {
      places[machine] = readers.count
      current = readers.count
      readers.append(IntakeReader(limit: limit, machine: machine))
    }
    readers[current].lines = lines
  }

  /// The lines of a piece that follow each other and are of one machine.
  private struct Runs {
    private let stamps: [LineStamp]
    private var next = 0
    private var last: String?

    init(_ stamps: [LineStamp]) { self.stamps = stamps }

    /// The machine that stands before a line; nothing where none does.
    func machine(of line: Int) -> String? { stamp(line)?.machine }

    private func stamp(_ line: Int) -> LineStamp? {
      guard next < stamps.count, stamps[next].line == line else { return nil }
      return stamps[next]
    }

    /// Whether another machine's lines begin with the line; goes on by a line.
    mutating func turns(at line: Int) -> Bool {
      while next < stamps.count, stamps[next].line < line {
        last = stamps[next].machine ?? last
        next += 1
      }
      guard let machine = machine(of: line) else { return false }
      return machine != last
    }

    /// The stamps of lines, counted from the first of them.
    func stamps(of lines: Range<Int>) -> [LineStamp] {
      var start = next
      while start > 0, stamps[start - 1].line >= lines.lowerBound { start -= 1 }
      return stamps[start...].prefix { $0.line < lines.upperBound }.map {
        LineStamp(line: $0.line - lines.lowerBound, mark: $0.mark, machine: $0.machine)
      }
    }
  }
}
