internal import Glibc
internal import Synchronization
package import SystemPackage

/// One write to a kernel file, on a thread of its own that no signal reaches.
///
/// A signal that is pending on the writer makes a kmemleak scan stop early, find nothing, and say
/// that all went well. So the thread is never one of Swift's pool and blocks every signal but the
/// one by which kmemcheck itself ends the scan.
package final class KernelWrite: Sendable {
  /// How the write ended.
  package enum Outcome: Hashable, Sendable {
    case written
    /// kmemcheck ended the write itself: what the write did counts for nothing.
    case aborted
    case refused(Errno)
  }

  private struct State {
    var outcome: Outcome?
    var thread: pthread_t?
    var isAborted = false
  }

  /// The signal that only the writing thread receives, to end a scan that is no longer wanted.
  private static let abortSignal = SIGUSR2

  private let path: FilePath
  private let text: [UInt8]
  private let state = Mutex(State())

  /// Begins to write the text to the file.
  package init(_ text: String, to path: String) {
    self.path = FilePath(path)
    self.text = Array(text.utf8)
    letAbortSignalInterrupt()
    if !start() { state.withLock { $0.outcome = .refused(.resourceTemporarilyUnavailable) } }
  }

  /// How the write ended; nil while it goes on.
  package var outcome: Outcome? { state.withLock(\.outcome) }

  /// Ends the write as soon as the kernel notices; to be called again and again until the write has
  /// ended.
  package func abort() {
    state.withLock { state in
      state.isAborted = true
      guard state.outcome == nil, let thread = state.thread else { return }
      _ = pthread_kill(thread, Self.abortSignal)
    }
  }

  /// Waits at most this many milliseconds, and tells whether the write has ended.
  package func waits(milliseconds: Int) -> Bool {
    for _ in 0..<max(1, milliseconds / 5) {
      if outcome != nil { return true }
      usleep(5000)
    }
    return outcome != nil
  }
}

extension KernelWrite {
  /// A handler that does nothing, without SA_RESTART: its only effect is to interrupt.
  private func letAbortSignalInterrupt() {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    _ = unsafe sigaction(Self.abortSignal, &action, nil)
  }

  /// Starts the thread with all signals blocked: a thread inherits the mask of the one that starts
  /// it.
  private func start() -> Bool {
    var (all, own) = (sigset_t(), sigset_t())
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &own)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &own, nil) }
    let context = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<KernelWrite>.fromOpaque(argument).takeRetainedValue().write()
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      unsafe context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func write() {
    var abort = sigset_t()
    unsafe sigemptyset(&abort)
    unsafe sigaddset(&abort, Self.abortSignal)
    state.withLock { $0.thread = pthread_self() }
    unsafe pthread_sigmask(SIG_UNBLOCK, &abort, nil)
    let outcome = writeOnce()
    unsafe pthread_sigmask(SIG_BLOCK, &abort, nil)
    // Set under the lock, so that no signal is sent to a thread that has ended.
    state.withLock { $0.outcome = $0.isAborted ? .aborted : outcome }
  }

  /// Opens and writes in one call each: kmemleak takes every write for a command.
  private func writeOnce() -> Outcome {
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.closeOnExec], retryOnInterrupt: false)
      defer { try? file.close() }
      _ = unsafe try text.withUnsafeBytes {
        unsafe try file.write($0, retryOnInterrupt: false)
      }
      return .written
    } catch let error as Errno {
      return .refused(error)
    } catch {
      return .refused(.ioError)
    }
  }
}
