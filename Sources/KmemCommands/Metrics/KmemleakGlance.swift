import KmemAnalysis
import KmemControl
import KmemSnapshot
import KmemSources

/// What kmemleak is and reports, looked at seldom: reading its report walks all objects it knows.
struct KmemleakGlance {
  /// Seconds for which a look is good.
  private static let lasting = 600.0

  private var state: KmemleakState?
  private var groups: [LeakGroup] = []
  private var last: Double?

  /// Adds what was seen to the facts, having looked again if the last look is too old.
  mutating func add(to facts: inout MetricsFacts) {
    if last.map({ BootClock.now - $0 >= Self.lasting }) ?? true { look() }
    facts.kmemleak = state
    facts.add(groups)
  }

  private mutating func look() {
    last = BootClock.now
    guard let capture = try? LiveKernel(catalog: .kmemleakState).capture().withConfiguration()
    else {
      return
    }
    var kernel = KernelFacts(capture, Snapshot(capture))
    kernel.addLive()
    let found = KernelStatus(kernel).kmemleak.state
    state = found
    groups = found.isUsable ? Self.groups : []
  }

  private static var groups: [LeakGroup] {
    let catalog = SourceCatalog.leaks
    guard let capture = try? LiveKernel(catalog: catalog).capture() else { return [] }
    let nothing = Capture(origin: capture.origin, kind: capture.kind)
    return capture.newLeakGroups(since: nothing)
  }
}
