package import KmemAnalysis

/// The grounds of a verdict on many samples, in sentences.
package struct TrendWords {
  private let verdict: TrendVerdict

  /// Prepares the sentences.
  package init(_ verdict: TrendVerdict) { self.verdict = verdict }

  /// The grounds, and where they don't decide, what would.
  package var sentence: String {
    switch verdict.grounds {
    case .rose(let side): "\(growth) \(noise)\(meaning(side))"
    case .uneven:
      "It may be rising by \(hourly(verdict.rate)), but not as evenly as a leak does.\(more)"
    case .small:
      "It rises by \(hourly(verdict.rate)), so far by only \(words(verdict.growth)).\(more)"
    case .flat: flat
    case .gone(let samples): "It couldn't be read, or was gone, in the last \(samples) samples."
    case .tooFew(let values, let hasBooted): tooFew(values, hasBooted)
    }
  }

  private func words(_ amount: Double) -> String { verdict.unit.words(amount) }

  private func hourly(_ rate: Double?) -> String { "\(words((rate ?? 0) * 3600)) an hour" }

  private var more: String {
    verdict.secondsNeeded.map { " Watch \(Amount.duration($0)) more." } ?? ""
  }

  private var growth: String {
    "Its floor rose by \(words(verdict.growth)) in \(Amount.duration(verdict.judgedSeconds)):"
      + " \(hourly(verdict.rate)) (\(words((verdict.low ?? 0) * 3600)) to"
      + " \(words((verdict.high ?? 0) * 3600)), 95 % sure)."
  }

  private var noise: String {
    let times =
      verdict.noise >= 1
      ? "\(Amount.count(Int64(min(1e15, verdict.growth / verdict.noise)))) times the noise"
      : "without any noise"
    return "That is \(times), in \(verdict.sampleWords(verdict.judgedSamples)) after"
      + " \(Amount.duration(verdict.warmUp)) of warm-up."
  }

  private func meaning(_ side: MemorySide?) -> String {
    switch side {
    case .cache?: " It's given back when memory runs short, so it is no leak."
    case .heldForUserSpace?:
      " The kernel holds it for what programs keep open, mapped or stored.\(exhaustion)"
    case .free?, .userSpace?, .kernel?, .unaccounted?, .debugging?, nil: exhaustion
    }
  }

  private var exhaustion: String {
    guard let seconds = verdict.exhaustion, let room = verdict.room else { return "" }
    return " At this rate the \(words(Double(room))) left last \(Amount.duration(seconds))."
  }

  private var flat: String {
    let time =
      "\(Amount.duration(verdict.judgedSeconds)) (\(verdict.sampleWords(verdict.judgedSamples)))"
    let smallest = hourly(verdict.unit.least / 3600)
    guard let seconds = verdict.secondsNeeded else {
      return "No growth of \(smallest) or more in \(time)."
    }
    return "No growth is seen in \(time); up to \(hourly(max(0, verdict.high ?? 0))) could hide in"
      + " the noise. To exclude \(smallest), watch \(Amount.duration(seconds)) more."
  }

  private func tooFew(_ values: Int, _ hasBooted: Bool) -> String {
    let time = verdict.secondsNeeded.map { ", \(Amount.duration($0)) more" } ?? ""
    let boot =
      hasBooted ? " The machine booted in between, and the series began anew." : ""
    return "\(values) samples can't decide it; it takes \(TrendJudge.fewest)\(time).\(boot)"
  }
}

extension TrendVerdict {
  /// So many of the values judged: samples, or the lowest of some, of which too many were taken to keep.
  func sampleWords(_ count: Int) -> String {
    guard samplesEach == 1 else { return "\(count) lows of \(samplesEach) samples each" }
    return count == 1 ? "1 sample" : "\(count) samples"
  }
}
