internal import Glibc
internal import KmemSnapshot
internal import Synchronization
internal import SystemPackage

/// One source that is to be read, and how long that may take.
struct ReadingJob: Sendable {
  let path: String
  /// In milliseconds.
  let deadline: Double
  /// Whether the deadline is for each piece: a source may take long as long as bytes arrive.
  var isPatient = false
  /// The pattern that named the source, if one did.
  var family: String?
  /// Whether the next that reads may take from memory what it says.
  var isLasting = false
  /// Reads the source, and calls what it is given whenever bytes arrive.
  let read: @Sendable (_ progress: () -> Void) -> SourceReading
}

/// Reads sources one after another on a thread of their own, each within its deadline.
///
/// A read that hangs in the kernel can't be called back. Its thread is left behind, a new one goes
/// on with the next source, and the late result is dropped.
final class ReadingQueue: Sendable {
  private struct State {
    /// The job that the current thread has in hand, or will take next.
    var current = 0
    var started = ContinuousClock.now
    /// Raised when a thread is left behind; a thread with a lower number has nothing more to say.
    var generation = 0
    var results: [SourceReading]
  }

  private let jobs: [ReadingJob]
  private let state: Mutex<State>
  private let finished: (readEnd: FileDescriptor, writeEnd: FileDescriptor)

  private init(_ jobs: [ReadingJob]) throws {
    self.jobs = jobs
    let unread = SourceReading(outcome: .failed, reason: "no thread could be started to read it")
    state = Mutex(State(results: Array(repeating: unread, count: jobs.count)))
    finished = try FileDescriptor.pipe()
  }

  /// Reads all of them; the results are in the order of the jobs.
  static func read(_ jobs: [ReadingJob]) throws -> [SourceReading] {
    guard !jobs.isEmpty else { return [] }
    let queue = try ReadingQueue(jobs)
    defer {
      try? queue.finished.readEnd.close()
      try? queue.finished.writeEnd.close()
    }
    while queue.startThread(), !queue.waitForThread() {}
    return queue.state.withLock { $0.results }
  }

  /// Waits until the thread is done with all jobs or late with one; false if it was left behind.
  private func waitForThread() -> Bool {
    while true {
      let (left, generation) = state.withLock { (remaining($0), $0.generation) }
      if left > 0 {
        if waitForSignal(milliseconds: left) { return true }
      } else if let isLast = leaveBehind(generation) {
        return isLast
      }
    }
  }

  /// How long the current job may still take, in milliseconds.
  private func remaining(_ state: State) -> Double {
    guard state.current < jobs.count else { return 1000 }
    return jobs[state.current].deadline
      - state.started.duration(to: ContinuousClock.now).milliseconds
  }

  /// Gives up on the current job if it is late; says whether it was the last one.
  private func leaveBehind(_ generation: Int) -> Bool? {
    state.withLock { state in
      guard state.current < jobs.count, remaining(state) <= 0 else { return nil }
      let deadline = jobs[state.current].deadline
      let reason = jobs[state.current].isPatient ? "nothing was read for" : "not read within"
      state.results[state.current] = SourceReading(
        outcome: .timedOut, reason: "\(reason) \(Int(deadline)) ms", milliseconds: deadline)
      state.generation += 1
      state.current += 1
      state.started = ContinuousClock.now
      return state.current == jobs.count
    }
  }

  private func waitForSignal(milliseconds: Double) -> Bool {
    var request = pollfd(fd: finished.readEnd.rawValue, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, CInt(milliseconds.rounded(.up))) > 0
  }

  private func startThread() -> Bool {
    let generation = state.withLock { $0.generation }
    return DetachedThread.start { self.work(generation) }
  }

  /// What the thread does: takes job after job until none is left or it has been left behind.
  private func work(_ generation: Int) {
    while let job = take(generation) {
      let result = jobs[job].read { if jobs[job].isPatient { restartClock(generation) } }
      state.withLock { state in
        guard state.generation == generation else { return }
        state.results[job] = result
        state.current += 1
      }
    }
    let isCurrent = state.withLock { $0.generation == generation }
    if isCurrent { _ = try? finished.writeEnd.writeAll([1]) }
  }

  private func restartClock(_ generation: Int) {
    state.withLock { state in
      if state.generation == generation { state.started = ContinuousClock.now }
    }
  }

  private func take(_ generation: Int) -> Int? {
    state.withLock { state in
      guard state.generation == generation, state.current < jobs.count else { return nil }
      state.started = ContinuousClock.now
      return state.current
    }
  }
}
