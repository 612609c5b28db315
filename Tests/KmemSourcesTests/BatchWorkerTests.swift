import Glibc
import Testing

@testable import KmemSources

@Suite struct BatchWorkerTests {
  /// Every batch in its order, however many come before the thread has time.
  @Test(arguments: [0, 1, 2, 3, 1_000])
  func `batches are done once each, in their order, by a thread or without one`(count: Int) {
    let worker = BatchWorker([Int]()) { $0 += $1 }
    for number in 0..<count { worker.hand([number, -number]) }
    #expect(worker.end() == (0..<count).flatMap { [$0, -$0] })
  }

  @Test func `what waits for a slow thread is bounded`() {
    let worker = BatchWorker(0) { (sum: inout Int, batch: Int) in
      usleep(1_000)
      sum += batch
    }
    let start = ContinuousClock.now
    for _ in 0..<50 { worker.hand(1) }
    // Four wait, one is being done, and one is held back.
    #expect(start.duration(to: .now) >= .milliseconds(40))
    #expect(worker.end() == 50)
  }
}
