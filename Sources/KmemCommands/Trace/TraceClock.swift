import KmemControl
import KmemParsers
import KmemSources
import KmemTracing

/// Moves a trace from window to window, and keeps the names of functions meanwhile.
struct TraceClock {
  /// When a window ends.
  enum Pace {
    /// After so many seconds.
    case time(Double)
    /// When its owner says so; how many there will be.
    case told(windows: Int)
  }

  private let tracer: any TraceEngine
  private var start = BootClock.now
  private let pace: Pace
  /// The ends of the windows that went by, in seconds since the beginning.
  private(set) var ends: [Double] = []
  /// The names of functions, those of modules included that went meanwhile.
  private(set) var symbols = KernelSymbols()
  private var meter = RunTimeMeter()

  init(_ tracer: any TraceEngine, _ pace: Pace) {
    self.tracer = tracer
    self.pace = pace
    noteNames()
  }

  private var windows: Int {
    switch pace {
    case .time: Tracer.windows
    case .told(let windows): windows
    }
  }

  /// Begins with the first window: what took time before isn't part of it.
  mutating func begin() { start = BootClock.now }

  /// Seconds since the beginning.
  var elapsed: Double { BootClock.now - start }

  /// The moment at which the window ends that goes on, in seconds since boot; nil where all went by, or
  /// none ends by itself.
  var nextEnd: Double? {
    guard case .time(let length) = pace, ends.count < windows else { return nil }
    return start + Double(ends.count + 1) * length
  }

  /// Nanoseconds that tracing took in all, by what one window took; nil where that wasn't measured.
  var cost: Int64? {
    meter.perSecond.flatMap { rate in ends.last.map { Int64((rate * $0).rounded()) } }
  }

  /// Ends windows whose time is over.
  mutating func tick() {
    while let end = nextEnd, BootClock.now >= end { endWindow() }
  }

  /// Ends the windows before this one.
  mutating func enter(window: Int) {
    while ends.count < min(window, windows) { endWindow() }
  }

  /// Ends the last window; one that has hardly begun isn't counted.
  mutating func stop() {
    guard ends.count < windows else { return }
    if case .time(let length) = pace, elapsed - (ends.last ?? 0) < length / 2, !ends.isEmpty {
      return
    }
    endWindow()
  }

  private mutating func endWindow() {
    ends.append(max(elapsed, 0.001))
    let isLast = ends.count == windows
    if isLast { tracer.end() } else { tracer.enter(window: ends.count) }
    meter.turn(window: ends.count, tracer, at: elapsed)
    noteNames()
  }

  /// Keeps the names of modules that came since.
  mutating func noteNames() {
    symbols.note(modules: LiveFacts.modules()) { LiveFacts.symbols() }
  }
}

/// Measures what tracing costs, in one window.
private struct RunTimeMeter {
  private var began: (time: Int64, at: Double)?
  private(set) var perSecond: Double?

  /// Begins with the second window, ends with the third.
  mutating func turn(window: Int, _ tracer: any TraceEngine, at elapsed: Double) {
    if window == 1 {
      if tracer.measure(true) { began = (tracer.time, elapsed) }
    } else if window == 2, let began, elapsed > began.at {
      perSecond = Double(tracer.time - began.time) / (elapsed - began.at)
      _ = tracer.measure(false)
    }
  }
}
