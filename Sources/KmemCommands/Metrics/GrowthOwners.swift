import KmemAnalysis
import KmemControl
import KmemSnapshot
import KmemSources

/// Who owns what grows in the kernel, looked for seldom: that reads everything.
struct GrowthOwners {
  /// Seconds for which a look is good.
  private static let lasting = 600.0

  private var known: [Attribution] = []
  private var subject: SeriesID?
  private var last = 0.0

  /// The owners of growth since that capture; looked for again if something else grows now.
  mutating func attributions(of culprit: SeriesID, since first: Capture) -> [Attribution] {
    guard culprit != subject || BootClock.now - last >= Self.lasting else { return known }
    guard let capture = try? LiveKernel(catalog: .withoutLeaks).capture() else { return known }
    let now = MemoryModel(Snapshot(capture.withConfiguration().withModuleNames()))
    let start = MemoryModel(Snapshot(first))
    known = Attribution.all(of: Growth(from: start, to: now), from: start, to: now)
    (subject, last) = (culprit, BootClock.now)
    return known
  }
}
