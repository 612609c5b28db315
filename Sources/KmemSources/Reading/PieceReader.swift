internal import Glibc
internal import Synchronization

/// Reads a long text on a thread of its own, while the caller takes in the next piece of it.
///
/// The kmemleak report of 412 MB that the benchmark makes is read in two thirds of the time: to unpack, mend
/// and search the text for reports of programs takes a third of it. A text of one piece has no thread.
package final class PieceReader<Reading: Sendable>: Sendable {
  private struct State {
    /// What reads; as long as a thread has it, one that has read nothing.
    var reading: Reading
    var pieces: [[UInt8]] = []
    var hasThread = false
    var isFirst = true
    var wantsMore = true
  }

  /// A thread is started for pieces of this size: the kernel hands out its own report in small ones, for
  /// which it doesn't pay.
  private static var worthAThread: Int { 1 << 15 }

  /// What has read nothing: who gets the reading has it alone, so that nothing of it is copied.
  private let empty: Reading
  private let state: Mutex<State>
  private let take: @Sendable (inout Reading, Span<UInt8>) -> Bool
  /// Pieces that wait for the thread, and room for more of them.
  private let filled = Semaphore(0)
  private let room = Semaphore(2)
  private let done = Semaphore(0)

  /// Begins with what has read nothing yet, and what reads a piece and says whether it wants another.
  package init(
    _ reading: Reading, _ take: @escaping @Sendable (inout Reading, Span<UInt8>) -> Bool
  ) {
    empty = reading
    state = Mutex(State(reading: reading))
    self.take = take
  }

  /// Reads the next piece, now or on the thread.
  ///
  /// - Returns: whether more is wanted, as far as that is known by now.
  @discardableResult
  package func read(_ piece: Span<UInt8>) -> Bool {
    guard hasThread(for: piece.count) else {
      return state.withLock { state in
        state.wantsMore = take(&state.reading, piece)
        return state.wantsMore
      }
    }
    let copy = unsafe piece.withUnsafeBufferPointer { unsafe Array($0) }
    room.wait()
    defer { filled.signal() }
    return state.withLock { state in
      state.pieces.append(copy)
      return state.wantsMore
    }
  }

  /// What was read, once all of it was; nothing more is read after it.
  package func end() -> Reading {
    if state.withLock({ $0.hasThread }) {
      filled.signal()
      done.wait()
    }
    return state.withLock { exchange(&$0.reading, with: empty) }
  }

  private func hasThread(for size: Int) -> Bool {
    let (hasThread, isFirst) = state.withLock { state in
      defer { state.isFirst = false }
      return (state.hasThread, state.isFirst)
    }
    guard !hasThread, !isFirst, size >= Self.worthAThread else { return hasThread }
    let isStarted = DetachedThread.start { self.work() }
    state.withLock { $0.hasThread = isStarted }
    return isStarted
  }

  private func work() {
    var reading = state.withLock { exchange(&$0.reading, with: empty) }
    while true {
      filled.wait()
      let piece = state.withLock { $0.pieces.isEmpty ? nil : $0.pieces.removeFirst() }
      // Once the text has ended, the last signal comes without a piece.
      guard let piece else { break }
      let wantsMore = take(&reading, piece.span)
      state.withLock { $0.wantsMore = wantsMore }
      room.signal()
    }
    // Kept here too, it would be copied by who takes it while this thread ends: 48 MB of 100,000 stacks.
    state.withLock { swap(&$0.reading, &reading) }
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
