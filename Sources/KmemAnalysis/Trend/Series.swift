/// The values of one amount over time: a class, a cache, a process.
package struct Series: Hashable, Sendable {
  /// What the values count: bytes or things.
  package let unit: TrendUnit
  /// Whose the memory is, which decides what growth is called; nil where that isn't known.
  package let side: MemorySide?
  /// What the amount can still grow into: available memory, free file handles; nil where that isn't
  /// known.
  package var room: Int64?
  /// The samples of one boot in the order of their times.
  package private(set) var samples: [Sample] = []
  /// How many samples each value is the lowest of, where there were too many to keep them all.
  package let samplesEach: Int
  /// How often time went back: each time a machine had booted, and the earlier samples were
  /// dropped.
  package private(set) var restarts = 0

  /// One value at one time.
  package struct Sample: Hashable, Sendable {
    /// Nanoseconds since boot, suspended time included (CLOCK_BOOTTIME).
    package let time: Int64
    /// The amount, or nothing where it couldn't be read.
    package let value: Int64?

    /// Makes a sample; `time` is in nanoseconds since boot.
    package init(time: Int64, value: Int64?) {
      self.time = time
      self.value = value
    }
  }

  /// Makes a series of samples, which are appended in their order.
  package init(
    unit: TrendUnit = .bytes, side: MemorySide? = nil, room: Int64? = nil, samples: [Sample] = [],
    samplesEach: Int = 1
  ) {
    self.unit = unit
    self.side = side
    self.room = room
    self.samplesEach = samplesEach
    samples.forEach { append($0) }
  }

  /// Adds a sample; one whose time is earlier than the last one's begins the series anew.
  ///
  /// Time since boot goes back when a machine booted, and memory of another boot says nothing about
  /// this one. A second sample of the same time is ignored.
  package mutating func append(_ sample: Sample) {
    if let last = samples.last {
      guard sample.time != last.time else { return }
      if sample.time < last.time {
        samples.removeAll()
        restarts += 1
      }
    }
    samples.append(sample)
  }
}

extension Series {
  /// The values by seconds since the first sample.
  ///
  /// Values are counted from the first one, so that no large level costs precision.
  var points: [TrendPoint] {
    guard let start = samples.first?.time, let base = level else { return [] }
    return samples.compactMap { sample in
      sample.value.map {
        TrendPoint(x: Double(sample.time.minus(start)) / 1e9, y: Double($0.minus(base)))
      }
    }
  }

  /// The first value.
  private var level: Int64? { samples.lazy.compactMap(\.value).first }

  /// The latest value.
  var latest: Int64? { samples.last { $0.value != nil }?.value }

  /// How many of the last samples have no value.
  var missingAtEnd: Int { samples.reversed().prefix { $0.value == nil }.count }

  /// The usual time between two samples, in seconds.
  var interval: Double {
    zip(samples, samples.dropFirst()).map { Double($1.time.minus($0.time)) / 1e9 }.median ?? 0
  }

  /// The time from the first sample to the last, in seconds.
  var seconds: Double {
    guard let first = samples.first, let last = samples.last else { return 0 }
    return Double(last.time.minus(first.time)) / 1e9
  }
}
