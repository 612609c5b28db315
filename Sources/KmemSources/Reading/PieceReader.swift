internal import Glibc
internal import Synchronization

/// Reads a long text on a thread of its own, while the caller takes in the next piece of it.
///
/// To unpack, mend and search a text for reports of programs, or to find that none of that is needed, is a
/// quarter of the work on the kmemleak report of 412 MB that the benchmark makes. A text of one piece has
/// no thread.
package final class PieceReader<Reading: Sendable>: Sendable {
  private struct State {
    /// What reads; as long as a thread has it, one that has read nothing.
    var reading: Reading
    var pieces: [[UInt8]] = []
    /// Pieces that were read, to be filled again: the kernel clears each page that is new.
    var spare: [[UInt8]] = []
    var wantsMore = true
  }

  /// What the caller fills, until it's a piece.
  private struct Filling {
    var bytes: [UInt8] = []
    var hasThread = false
  }

  /// Text is collected to pieces of this size, however small the kernel hands it out.
  private static var pieceSize: Int { 1 << 18 }

  /// What has read nothing: who gets the reading has it alone, so that nothing of it is copied.
  private let empty: Reading
  private let state: Mutex<State>
  private let filling = Mutex(Filling())
  private let take: @Sendable (inout Reading, Span<UInt8>) -> Bool
  /// Pieces that wait for the thread, and room for more of them.
  private let filled = Semaphore(0)
  private let room = Semaphore(2)
  private let done = Semaphore(0)

  /// Begins with what has read nothing yet, and what reads a piece and says whether it wants more.
  package init(
    _ reading: Reading, _ take: @escaping @Sendable (inout Reading, Span<UInt8>) -> Bool
  ) {
    empty = reading
    state = Mutex(State(reading: reading))
    self.take = take
  }

  /// Takes in the next piece, which the thread reads once enough came together.
  ///
  /// - Returns: whether more is wanted, as far as that is known by now.
  @discardableResult
  package func read(_ piece: Span<UInt8>) -> Bool {
    var start = 0
    while start < piece.count {
      filling.withLock { filling in
        if filling.bytes.count == Self.pieceSize { handOver(&filling) }
        let end = min(piece.count, start + Self.pieceSize - filling.bytes.count)
        unsafe piece.extracting(start..<end).withUnsafeBufferPointer {
          unsafe filling.bytes.append(contentsOf: $0)
        }
        start = end
      }
    }
    return state.withLock { $0.wantsMore }
  }

  /// What was read, once all of it was; nothing more is read after it.
  package func end() -> Reading {
    filling.withLock { filling in
      guard filling.hasThread else {
        return state.withLock { _ = take(&$0.reading, filling.bytes.span) }
      }
      handOver(&filling)
      filled.signal()
      done.wait()
    }
    return state.withLock { exchange(&$0.reading, with: empty) }
  }

  /// Gives a piece to the thread, or reads it where the system has none.
  private func handOver(_ filling: inout Filling) {
    if !filling.hasThread { filling.hasThread = DetachedThread.start { self.work() } }
    guard filling.hasThread else {
      state.withLock { $0.wantsMore = take(&$0.reading, filling.bytes.span) }
      return filling.bytes.removeAll(keepingCapacity: true)
    }
    room.wait()
    let spare: [UInt8]? = state.withLock { state in
      state.pieces.append(exchange(&filling.bytes, with: []))
      return state.spare.popLast()
    }
    filling.bytes = spare ?? []
    filling.bytes.reserveCapacity(Self.pieceSize)
    filled.signal()
  }

  private func work() {
    var reading = state.withLock { exchange(&$0.reading, with: empty) }
    while true {
      filled.wait()
      let piece = state.withLock { $0.pieces.isEmpty ? nil : $0.pieces.removeFirst() }
      // Once the text has ended, the last signal comes without a piece.
      guard var piece else { break }
      let wantsMore = take(&reading, piece.span)
      piece.removeAll(keepingCapacity: true)
      state.withLock { state in
        state.wantsMore = wantsMore
        state.spare.append(piece)
      }
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
