import KmemAnalysis
import Testing

@testable import KmemReport

/// The grounds of verdicts on many samples, word by word.
@Suite struct TrendWordsTests {
  private func series(
    _ values: [Int64], side: MemorySide = .kernel, room: Int64? = nil, unit: TrendUnit = .bytes
  ) -> Series {
    Series(
      unit: unit, side: side, room: room,
      samples: values.enumerated().map { .init(time: Int64($0) * 10_000_000_000, value: $1) })
  }

  private func rise(_ count: Int, by step: Int64) -> [Int64] {
    (0..<count).map { 100 << 20 + Int64($0) * step }
  }

  private func sentence(_ series: Series) throws -> String {
    TrendWords(try #require(TrendJudge.verdicts([series]).first)).sentence
  }

  @Test func `growth is told with its rate, its noise and how long what is left lasts`() throws {
    let text = try sentence(series(rise(15, by: 122_880), room: 1 << 30))
    #expect(text.contains("42.2 MiB an hour"))
    #expect(text.hasSuffix("At this rate the 1.0 GiB left last 1 d 0 h."))
    let files = try sentence(
      series(rise(60, by: 30), side: .heldForUserSpace, unit: .count(.openFiles)))
    #expect(files.contains("10 800 open files an hour"))
    #expect(files.hasSuffix("The kernel holds it for what programs keep open, mapped or stored."))
    let cache = try sentence(series(rise(60, by: 1 << 20), side: .cache))
    #expect(cache.hasSuffix("It's given back when memory runs short, so it is no leak."))
  }

  @Test func `one of the things that are counted is told in the singular`() {
    #expect(TrendUnit.count(.threads).words(1) == "1 thread")
    #expect(TrendUnit.count(.processes).words(1) == "1 process")
    #expect(TrendUnit.count(.mounts).words(17) == "17 mounts")
    #expect(TrendUnit.count(.openFiles).words(0.3) == "0.3 open files")
  }

  @Test func `what isn't sure is told with how much longer to watch`() throws {
    #expect(
      try sentence(series(rise(14, by: 122_880)))
        == "14 samples can't decide it; it takes 15, 10 s more.")
    let small = try sentence(series(rise(60, by: 4096)))
    #expect(small.contains("so far by only") && small.contains(" more."))
    let flat = try sentence(series(.init(repeating: 100 << 20, count: 60)))
    #expect(flat.hasPrefix("No growth of 1.0 MiB an hour or more in"))
  }

  @Test func `values that stand for several samples are told as such, not as samples`() throws {
    let values = rise(60, by: 1 << 20)
    let thinned = Series(
      side: .kernel,
      samples: values.enumerated().map { .init(time: Int64($0) * 10_000_000_000, value: $1) },
      samplesEach: 2)
    let (text, plain) = (try sentence(thinned), try sentence(series(values)))
    #expect(text.contains(" lows of 2 samples each"), "\(text)")
    #expect(plain.contains(" samples") && !plain.contains("lows"), "\(plain)")
  }

  @Test func `a boot and a gap at the end are told`() throws {
    var booted = series(rise(60, by: 1 << 20))
    booted.append(.init(time: 5_000_000_000, value: 1))
    #expect(
      try sentence(booted).hasSuffix("The machine booted in between, and the series began anew."))
    var gone = series(rise(60, by: 1 << 20))
    for second in 60..<63 { gone.append(.init(time: Int64(second) * 10_000_000_000, value: nil)) }
    #expect(
      try sentence(gone) == "It couldn't be read, or was gone, in the last 3 samples.")
  }

  @Test func `runs of a command are told in one sentence each`() {
    func sentence(_ values: [Int64], _ unit: TrendUnit = .bytes) -> String {
      IterationWords(IterationTrend(values, unit: unit)).sentence
    }
    #expect(
      sentence((0...20).map { $0 * 4096 })
        == "Each of the last 16 iterations added 4.0 KiB, 64.0 KiB in all. "
        + "The first 4 iterations added 16.0 KiB, counted as warm-up.")
    #expect(
      sentence(.init(repeating: 4096, count: 11))
        == "The amount didn't change over the last 8 iterations.")
    #expect(sentence([0, 8192]).hasSuffix("It added 8.0 KiB. Run 20."))
    #expect(
      sentence([0, 1, 2, 3, 4]).hasPrefix("4 iterations can't tell a leak from warm-up: the first"))
    #expect(
      sentence((0...12).map { $0 * 3 }, .count(.openFiles)).hasPrefix(
        "Each of the last 10 iterations added 3 open files, 30 open files"))
    let once = sentence([0, 0, 0, 0, 0, 0, 0, 0, 4096, 4096, 4096])
    #expect(once.contains("rose once") && once.contains("Run "))
  }
}
