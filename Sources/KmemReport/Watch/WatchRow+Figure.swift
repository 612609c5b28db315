import KmemAnalysis

extension WatchRow {
  /// The amount over time with its floors and the fitted line; nothing where it has too few samples.
  ///
  /// `lastTenth` shows the end of the time alone, where that has samples enough.
  func figure(_ facts: WatchFacts, lastTenth: Bool = false) -> Figure? {
    let course = course
    guard let end = course.samples.last?.time else { return nil }
    let start = lastTenth ? end * 0.9 : course.samples[0].time
    func within(_ places: [WatchCourse.Place]) -> [WatchCourse.Place] {
      places.filter { $0.time >= start }
    }
    let samples = within(course.samples)
    guard samples.count >= (lastTenth ? 12 : 2), let base = samples.first?.amount else {
      return nil
    }
    let line = isLined ? Self.clipped(course.line, from: start) : []
    return .course(
      CourseFigure(
        title: id.title + (lastTenth ? ", the last tenth of the time" : ""),
        rate: lastTenth ? "" : rateWords, points: Self.thinned(samples),
        floors: isLined ? Self.places(within(course.floors)) : [], line: line,
        band: isLined
          ? Self.clipped(course.lowest, from: start)
            + Self.clipped(course.highest, from: start).reversed() : [],
        levels: levels(samples, base), times: Self.ticks(from: start, to: end, facts),
        numbers: numbers(samples, end, facts)))
  }

  /// A line through what isn't growing would look like an answer.
  private var isLined: Bool { isGrowing || isOpen }

  private var rateWords: String {
    let interval = isGrowing ? WatchFormat.interval(self).map { " (\($0), 95 % sure)" } : nil
    return WatchFormat.state(self) + (interval ?? "")
  }

  private static func places(_ places: [WatchCourse.Place]) -> [CourseFigure.Place] {
    places.map { CourseFigure.Place(time: $0.time, amount: $0.amount) }
  }

  /// The part of a line behind a time.
  private static func clipped(
    _ line: [WatchCourse.Place], from start: Double
  ) -> [CourseFigure.Place] {
    guard let first = line.first, let last = line.last, first.time < start, first.time < last.time
    else { return places(line) }
    guard last.time > start else { return [] }
    let slope = (last.amount - first.amount) / (last.time - first.time)
    return [
      CourseFigure.Place(time: start, amount: first.amount + slope * (start - first.time)),
      CourseFigure.Place(time: last.time, amount: last.amount),
    ]
  }

  /// At most 300 points, each with the least and the most of its time.
  private static func thinned(_ samples: [WatchCourse.Place]) -> [CourseFigure.Point] {
    let length = (samples.count + 299) / 300
    return stride(from: 0, to: samples.count, by: length).map { start in
      let amounts = samples[start..<min(start + length, samples.count)].map(\.amount)
      return CourseFigure.Point(
        time: samples[start].time, low: amounts.min() ?? 0, high: amounts.max() ?? 0)
    }
  }
}

extension WatchRow {
  /// The least and the most in a tenth of the samples each, and the last one.
  private func numbers(
    _ samples: [WatchCourse.Place], _ end: Double, _ facts: WatchFacts
  ) -> [CourseFigure.Number] {
    let length = max(1, (samples.count + 9) / 10)
    let starts = Array(stride(from: 0, to: samples.count, by: length))
    let parts = starts.map { samples[$0..<min($0 + length, samples.count)] }
    return (parts + [samples.suffix(1)]).map { part in
      let amounts = part.map(\.amount)
      return CourseFigure.Number(
        when: Self.time(part.first?.time ?? 0, end, facts),
        low: WatchFormat.amount(self, Int64(amounts.min() ?? 0)),
        high: WatchFormat.amount(self, Int64(amounts.max() ?? 0)))
    }
  }

  private static func time(_ time: Double, _ end: Double, _ facts: WatchFacts) -> String {
    facts.lastWall.map { Dates.words($0 - (end - time)) } ?? "after \(Amount.duration(time))"
  }

  /// Round steps from the first amount, so that small changes of a large amount can be read.
  ///
  /// What doesn't grow has a hundredth of it to either side at least: noise would look like events.
  private func levels(_ samples: [WatchCourse.Place], _ base: Double) -> [CourseFigure.Tick] {
    let amounts = samples.map(\.amount)
    let room = isLined ? 0 : abs(base) / 100
    let least = min((amounts.min() ?? 0) - base, -room)
    let most = max((amounts.max() ?? 0) - base, room)
    let step = Self.step(most - least, isBytes: unit.isBytes)
    let first = Int((least / step).rounded(.down))
    return (first...max(first, Int((most / step).rounded(.up)))).prefix(8).map { index in
      let change = Double(index) * step
      return CourseFigure.Tick(value: base + change, words: words(change, base))
    }
  }

  private func words(_ change: Double, _ base: Double) -> String {
    let (change, base) = (Int64(change), Int64(base))
    if unit.isBytes {
      return change == 0 ? "\(Amount.short(base)) at first" : Amount.signed(change)
    }
    return change == 0 ? "\(Amount.count(base)) at first" : Amount.signedCount(change)
  }

  /// A power of two for bytes, of ten for things, that goes into the span two to five times.
  private static func step(_ span: Double, isBytes: Bool) -> Double {
    let bounded = min(max(span, 1), 1e17)
    var step = 1.0
    while step * (isBytes ? 4 : 5) < bounded { step *= isBytes ? 2 : 10 }
    // Thousands of things go into round thousands only by halves and fifths.
    if !isBytes, step > 1 {
      for part in [5.0, 2] where step / part * 5 >= bounded { step /= part; break }
    }
    return step
  }

  private static func ticks(
    from start: Double, to end: Double, _ facts: WatchFacts
  ) -> [CourseFigure.Tick] {
    [start, end].map { CourseFigure.Tick(value: $0, words: time($0, end, facts)) }
  }
}
