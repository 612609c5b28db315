internal import CTracer
internal import Glibc

/// Has the kernel measure how long programs of BPF take, as long as it lives (5.8).
///
/// Measuring makes each call some tens of nanoseconds dearer, so it's for a part of a trace.
struct RunTime: ~Copyable {
  private let file: CInt

  /// Begins to measure; nil if the kernel can't.
  init?() {
    file = tracer_measure()
    guard file >= 0 else { return nil }
  }

  deinit { close(file) }
}

extension RunTime {
  /// Keeps what can't be copied.
  final class Holder {
    private let runTime = RunTime()

    /// Whether the kernel measures.
    var isMeasuring: Bool {
      switch runTime {
      case .some: true
      case .none: false
      }
    }
  }
}
