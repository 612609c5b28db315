internal import Glibc
internal import Synchronization

/// Does the second half of a work, batch by batch, on a thread of its own, while the caller does the first
/// half of the next ones.
///
/// A work of one batch has no thread.
package final class BatchWorker<Work: Sendable, Batch: Sendable>: Sendable {
  private struct State {
    /// What was done; as long as a thread has it, nothing.
    var work: Work
    var batches: [Batch] = []
  }

  /// What the caller handed over last: perhaps there is nothing else.
  private struct Handing {
    var last: Batch?
    var hasThread = false
  }

  /// The work before it began: who gets the work has it alone, so that nothing of it is copied.
  private let empty: Work
  private let state: Mutex<State>
  private let handing = Mutex(Handing())
  private let take: @Sendable (inout Work, Batch) -> Void
  /// Batches that wait for the thread, and room for more of them.
  private let filled = Semaphore(0)
  private let room = Semaphore(4)
  private let done = Semaphore(0)

  /// Begins with the work as it is before the first batch, and what does a batch of it.
  package init(_ work: Work, _ take: @escaping @Sendable (inout Work, Batch) -> Void) {
    empty = work
    state = Mutex(State(work: work))
    self.take = take
  }

  /// Takes the next batch, which the thread does once it has time.
  package func hand(_ batch: Batch) {
    handing.withLock { handing in
      if let earlier = handing.last { pass(earlier, &handing) }
      handing.last = batch
    }
  }

  /// The work, once all of it was done; no batch is handed over after it.
  package func end() -> Work {
    handing.withLock { handing in
      guard let last = handing.last else { return }
      guard handing.hasThread else { return state.withLock { take(&$0.work, last) } }
      pass(last, &handing)
      filled.signal()
      done.wait()
    }
    return state.withLock { exchange(&$0.work, with: empty) }
  }

  /// Gives a batch to the thread, or does it here where the system has none.
  private func pass(_ batch: Batch, _ handing: inout Handing) {
    if !handing.hasThread { handing.hasThread = DetachedThread.start { self.run() } }
    guard handing.hasThread else { return state.withLock { take(&$0.work, batch) } }
    room.wait()
    state.withLock { $0.batches.append(batch) }
    filled.signal()
  }

  private func run() {
    var work = state.withLock { exchange(&$0.work, with: empty) }
    while true {
      filled.wait()
      let batch = state.withLock { $0.batches.isEmpty ? nil : $0.batches.removeFirst() }
      // Behind the last batch comes a signal without one.
      guard let batch else { break }
      take(&work, batch)
      room.signal()
    }
    // Kept here too, it would be copied by who takes it while this thread ends: 48 MB of 100,000 stacks.
    state.withLock { swap(&$0.work, &work) }
    done.signal()
  }
}

/// A counting semaphore of the system's (sem_init(3)).
///
/// All threads may use it at once, which the compiler can't know of a pointer.
@safe private final class Semaphore: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init(_ count: UInt32) {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, count)
  }

  deinit {
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }

  func signal() { unsafe sem_post(semaphore) }

  /// Waits, however many signals interrupt it.
  func wait() { while unsafe sem_wait(semaphore) != 0 {} }
}
