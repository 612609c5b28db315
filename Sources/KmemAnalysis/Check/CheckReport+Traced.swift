extension CheckReport {
  /// Who keeps what the leaking amount gained, by the trace of the runs; nil where nobody surely does.
  package var traced: TraceGroup? {
    guard let culprit, let trace, trace.conclusion == .rising else { return nil }
    return trace.rising.first { $0.subject.isBooked(in: culprit.id) }
  }
}

extension TraceSubject {
  /// Whether the kernel books the subject's memory in that cache or class.
  func isBooked(in id: SeriesID) -> Bool {
    switch (self, id) {
    case (.kmalloc(let size), .slabCache(let name)): GenericCache.size(name) == size
    case (.cache(let name), .slabCache(let other)): name == other
    case (.kmalloc, .memoryClass(.slabUnreclaimable)), (.cache, .memoryClass(.slabUnreclaimable)),
      (.largeKmalloc, .memoryClass(.slabUnreclaimable)):
      true
    case (.pages, .memoryClass(.unaccounted)): true
    case (.percpu, .memoryClass(.percpu)): true
    default: false
    }
  }
}
