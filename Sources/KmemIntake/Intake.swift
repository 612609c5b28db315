/// What a text holds: its moments, counted, of which those are kept that somebody may ask for.
package struct Intake {
  /// A moment with its place among the others.
  package struct Numbered: Hashable, Sendable {
    /// The moment's files.
    package let moment: IntakeMoment
    /// Its number, counted from 1 in the order of time.
    package let number: Int
    /// Seconds since 1970; nothing where the text doesn't tell.
    package let wall: Double?
    /// Seconds since boot; nothing where the text doesn't tell.
    package let up: Double?
    /// Seconds on a clock that all moments of the text with such a time share.
    package let clock: Double?
    /// Seconds since the beginning of a year that the text doesn't tell; nothing where it tells it, or
    /// no day.
    package let withoutYear: Double?
  }

  /// Whether lines of a kernel file are coming in.
  package var isInFile: Bool { readers.isInFile }

  /// How many moments the text holds.
  package var count: Int { times.count }
  /// The machines that the text names for its moments.
  package private(set) var machines: Set<String> = []
  /// Names before lines that were taken for those of machines, and may be those of moments: words that
  /// come one after the other, before memory of one size.
  package private(set) var namesInDoubt: Set<String> = []
  /// The bytes of all moments that are kept.
  package private(set) var keptBytes = 0

  private var readers: MachineReaders
  private var clock = MomentClock()
  private var marks: [TimeMark?] = []
  private var times: [MomentClock.Time?] = []
  private var kept: [Int: IntakeMoment] = [:]
  private let wanted: Int?
  private let budget: Int
  private let isThinned: Bool
  /// How many moments one that is kept stands for, where the text is thinned.
  private var stride = 1
  private var order: [Int] = []
  /// Whether all times of the text can be compared.
  private var hasOneClock = false

  /// Begins to read.
  ///
  /// `wanted` is the number of a moment that is kept by all means, besides the first and the last. The
  /// others are kept as long as they have less than `budget` bytes in all; of one file no more than
  /// `limit` bytes are. Of a text that is thinned, those are kept that lie evenly in it.
  package init(
    wanted: Int? = nil, budget: Int = 64 << 20, limit: Int = 256 << 20, isThinned: Bool = false
  ) {
    self.isThinned = isThinned
    self.wanted = wanted
    self.budget = budget
    readers = MachineReaders(limit: limit)
  }

  /// Reads the next piece, which may end anywhere; `stamps` are the times that a log put before lines
  /// of it.
  package mutating func read(_ piece: Span<UInt8>, stamps: [LineStamp] = []) {
    var found: [IntakeMoment] = []
    readers.read(piece, stamps: stamps) { found.append($0) }
    for moment in found { take(moment) }
  }

  /// Ends the text; only then moments can be asked for.
  package mutating func finish() {
    var found: [IntakeMoment] = []
    readers.finish { found.append($0) }
    for moment in found { take(moment) }
    doubtNames()
    setTimes()
    order = Self.order(times)
    hasOneClock = Set(times.compactMap { $0?.basis }).count == 1
    swapByHeadings()
  }

  /// The moment of that number, counted from 1 in the order of time; nothing where there is none, or
  /// where it wasn't kept.
  package subscript(number: Int) -> Numbered? {
    guard order.indices.contains(number - 1), let moment = kept[order[number - 1]] else {
      return nil
    }
    let time = times[order[number - 1]]
    return Numbered(
      moment: moment, number: number, wall: time?.wall, up: time?.up,
      clock: hasOneClock ? time?.seconds : nil, withoutYear: time?.withoutYear)
  }

  private mutating func take(_ moment: IntakeMoment) {
    let place = times.count
    if let machine = moment.machine, machines.count < 1024 { machines.insert(machine) }
    marks.append(moment.mark)
    times.append(moment.mark.flatMap { clock.time(of: $0) })
    kept[place] = moment
    keptBytes += moment.bytes
    guard place > 1 else { return }
    if isThinned { return thin(before: place) }
    guard keptBytes > budget else { return }
    // The moment before this one was kept as the last so far.
    drop(place - 1)
  }

  /// Drops the moment before the last if it stands for none, and half of all where there are too many.
  private mutating func thin(before last: Int) {
    if (last - 1) % stride != 0 { drop(last - 1) }
    while keptBytes > budget, stride < last {
      stride *= 2
      for place in kept.keys where place % stride != 0 && place != last { drop(place) }
    }
  }

  private mutating func drop(_ place: Int) {
    guard place != 0, place != wanted.map({ $0 - 1 }), let moment = kept[place] else { return }
    keptBytes -= moment.bytes
    kept[place] = nil
  }
}

extension Intake {
  /// Notes names that may be those of moments: growth is told of one machine only, so that they count as
  /// those of machines.
  private mutating func doubtNames() {
    let names = readers.namesInDoubt
    guard !names.isEmpty, machines == names, Set(kept.values.compactMap(\.total)).count <= 1 else {
      return
    }
    namesInDoubt = names
  }

  /// Where times stand below what they are of, each moment has the time of the next one until now.
  private mutating func setTimes() {
    guard let leftover = readers.leftover, marks.first == .some(nil),
      marks.dropFirst().allSatisfy({ $0 != nil })
    else { return }
    clock = MomentClock()
    marks = Array(marks.dropFirst()) + [leftover]
    times = marks.map { $0.flatMap { clock.time(of: $0) } }
    for place in marks.indices { kept[place]?.mark = marks[place] }
  }

  /// The places of moments by time, where all have times that can be compared; else as they stand.
  private static func order(_ times: [MomentClock.Time?]) -> [Int] {
    let places = Array(times.indices)
    guard let basis = times.first??.basis, basis != .boot,
      times.allSatisfy({ $0?.basis == basis })
    else { return places }
    return places.sorted { first, second in
      let (one, other) = (times[first]?.seconds ?? 0, times[second]?.seconds ?? 0)
      return (one, first) < (other, second)
    }
  }

  /// Two moments without times whose words say that the second was before the first.
  private mutating func swapByHeadings() {
    guard order == [0, 1], times == [nil, nil], let first = kept[0]?.heading?.lowercased(),
      let second = kept[1]?.heading?.lowercased()
    else { return }
    if first.contains("after"), second.contains("before"), !first.contains("before") {
      order = [1, 0]
    }
  }
}
