import Testing

@testable import KmemAnalysis

/// What grows beside a culprit or beside a process that was asked about, and what has no process at all.
extension WatchReportTests {
  /// A program that makes segments of System V: none of them is its own memory.
  @Test func `asked about a process, memory of nobody that grows beside it leaves it open`() {
    let own = course(Self.process(813, "maker", .memory))
    let held = course(.side(.heldForUserSpace), mebibytesHourly: 2300)
    #expect(report([own, held], only: [813]).conclusion == .notEnough)
    #expect(report([own, held], only: [813]).elsewhere.map(\.id) == [held.id])
    let slow = course(.side(.heldForUserSpace), mebibytesHourly: 20)
    #expect(report([own, slow], only: [813]).conclusion == .stable)
  }

  @Test func `processes of a command aren't told beside it, and files in memory are`() {
    let leaks = report([
      course(.command("leaky"), mebibytesHourly: 1200),
      course(Self.process(812, "leaky", .memory), mebibytesHourly: 400),
      course(Self.process(813, "leaky", .memory), mebibytesHourly: 400),
      course(Self.process(814, "leaky", .memory), mebibytesHourly: 400),
      course(.memoryClass(.shmem), mebibytesHourly: 300),
    ])
    #expect(leaks.culprit?.id == .command("leaky"))
    #expect(leaks.beside.map(\.id) == [.memoryClass(.shmem)])
  }

  @Test(arguments: [
    (KernelCount.controlGroups, 300.0), (.messages, 4000.0), (.semaphores, 300_000.0),
  ])
  func `slab that grows with ever more groups, messages or semaphores is held for these`(
    things: KernelCount, hourly: Double
  ) {
    let slab = course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 40)
    let found = report([slab, self.things(.count(things), hourly: hourly)])
    #expect(found.conclusion == .heldForUserSpace)
    #expect(found.culprit?.id == .count(things))
  }
}
