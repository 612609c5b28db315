import Testing

@testable import KmemAnalysis

@Suite("The course of what stays")
struct TraceCourseTests {
  private let windows = (1...12).map { Double($0) * 5 }

  private func course(_ left: [Int64], allocated: [Int64]? = nil) -> TraceCourse {
    TraceCourse(allocated: allocated ?? left, left: left, windows: windows)
  }

  @Test("is steady where each part of the time keeps about as much")
  func isSteady() {
    let course = course([90, 110, 120, 80, 100, 100, 70, 130, 100, 100, 90, 110])
    #expect(course.shape == .steady(since: 0))
    #expect(course.rate == 20)
    #expect(course.survival == 1)
    #expect((course.error ?? 0) > 1 && (course.error ?? 0) < 2)
  }

  @Test("has begun meanwhile, where the first third keeps nothing")
  func hasBegunMeanwhile() {
    let left: [Int64] = [0, 0, 0, 0, 100, 100, 100, 100, 100, 100, 100, 100]
    #expect(course(left).shape == .steady(since: 20))
  }

  @Test("has stopped, where the end keeps nothing")
  func hasStopped() {
    let left: [Int64] = [100, 100, 100, 100, 100, 100, 100, 100, 0, 0, 0, 0]
    #expect(course(left).shape == .stopped(at: 40))
  }

  @Test("has stopped within a part of the time, of which it leaves a rest")
  func hasStoppedWithinAPart() {
    let left: [Int64] = [100, 100, 100, 100, 100, 100, 9, 0, 0, 0, 0, 0]
    #expect(course(left).shape == .stopped(at: 40))
    #expect(course(left).rate == 20)
    #expect(course([100, 0, 0, 0, 100, 0, 9, 0, 0, 0, 0, 0]).shape == .uneven)
  }

  @Test("has stopped before half of the time, as four of twelve windows tell")
  func hasStoppedEarly() {
    let early = course([60, 100, 110, 90, 9, 0, 0, 0, 0, 0, 0, 0])
    #expect(early.shape == .stopped(at: 25))
    #expect(early.rate == 18)
    #expect(course([60, 100, 110, 9, 0, 0, 0, 0, 0, 0, 0, 0]).shape == .uneven)
    #expect(course([900, 100, 9, 1, 100, 9, 0, 0, 0, 0, 0, 0]).shape == .uneven)
  }

  @Test(
    "is uneven in bursts, and where only the youngest stay",
    arguments: [
      [0, 0, 900, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 300, 900],
      [900, 0, 0, 900, 0, 0, 0, 900, 0, 0, 0, 0], [0, 0, 2, 3, 5, 8, 20, 60, 120, 300, 700, 900],
    ] as [[Int64]])
  func isUneven(_ left: [Int64]) {
    #expect(course(left).shape == .uneven)
  }

  @Test("can't be told of fewer than six windows")
  func cantBeTold() {
    let course = TraceCourse(
      allocated: [10, 10, 10], left: [10, 5, 10], windows: [5, 10, 15])
    #expect(course.shape == .tooShort)
    #expect(course.rate == nil)
  }

  @Test("can't be told where windows ended late and others had no time")
  func cantBeToldWhereWindowsEndedLate() {
    let late = [24, 24.1, 24.2, 24.2, 24.3, 24.3, 24.4, 24.4, 25, 26, 28, 30]
    let counts = [Int64](repeating: 100, count: 12)
    #expect(TraceCourse(allocated: counts, left: counts, windows: late).shape == .tooShort)
  }

  @Test("counts survival without the youngest, which may still be freed")
  func countsSurvivalWithoutTheYoungest() {
    let allocated = [Int64](repeating: 100, count: 12)
    let left: [Int64] = [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 90, 100]
    #expect(course(left, allocated: allocated).survival == 0.1)
  }

  @Test("fades where fewer stay the older they are")
  func fades() {
    #expect(course([10, 10, 20, 20, 30, 30, 60, 60, 90, 90, 99, 99]).fades)
    #expect(!course([90, 90, 100, 100, 90, 95, 100, 90, 95, 100, 90, 100]).fades)
  }
}
