import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources
import KmemTracing

/// Follows the kernel's allocations while a check runs its command, where neither kmemleak nor
/// allocation profiling can name who allocates.
final class CheckTrace {
  private var recorder: TraceRecorder
  private let runs: Int
  private let windows: Int
  private let frameRules: FrameRules

  /// Begins to trace; nil where there are too few runs to tell a leak, or this kernel can't be traced.
  ///
  /// The check is of growth: a trace that fails takes nothing from it.
  init?(runs: Int, frameRules: FrameRules) {
    guard runs >= CheckReport.decisive, LiveFacts.isRoot else { return nil }
    self.runs = runs
    self.frameRules = frameRules
    windows = min(runs, Tracer.windows)
    do throws(Failure) {
      let books = try TraceBooksReader()
      guard books.first.snapshot.memoryProfiling != "1" else { return nil }
      let wish = TraceWish(
        what: .everything, seconds: 60, sampling: .auto, pid: nil, budget: Self.budget,
        isForced: true, command: [])
      let signals = SignalMask(holdsStops: false)
      let budget = TraceBudget(wish: wish, processors: LiveFacts.processors)
      let plan = try budget.plan(books, signals)
      recorder = try TraceRecorder(
        plan, seconds: 60, windows: .told(windows: windows), books: books,
        processors: LiveFacts.processors)
    } catch {
      return nil
    }
  }

  /// The share of the processors that tracing may take: a check may be slower than what runs all day.
  private static let budget = 0.05

  /// Keeps the names of modules that came since: the command may unload them again.
  func noteNames() { recorder.clock.noteNames() }

  /// Notes that so many runs are over.
  func ran(_ count: Int) {
    // The last window is open until memory was looked at after the last run.
    recorder.clock.enter(window: min(windows - 1, count * windows / runs))
  }

  /// Ends the trace; nil if it can't be read.
  func end() -> TraceReport? {
    guard let record = try? recorder.end(isInterrupted: false) else { return nil }
    return TraceLines.resolve(TraceReport(record, frameRules: frameRules))
  }
}
