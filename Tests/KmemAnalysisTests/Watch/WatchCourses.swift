import KmemTestSupport

@testable import KmemAnalysis

/// How amounts of made-up machines go on over time.
extension WatchReportTests {
  static let mebibyte = 1_048_576.0

  /// An amount over time: what it begins with, and what it gains an hour.
  struct Course {
    let id: SeriesID
    var start = 50 * WatchReportTests.mebibyte
    var hourly = 0.0
    /// Standard deviation of the noise.
    var noise = 65536.0
    /// What it gains by the share of the time that has passed.
    var shape: (Double) -> Double = { _ in 0 }
  }

  static func process(_ pid: Int, _ comm: String, _ facet: ProcessFacet) -> SeriesID {
    .process(ProcessName(pid: pid, comm: comm, startTime: 99), facet)
  }

  static func line(
    _ file: String, _ line: Int, _ function: String, _ module: String? = nil
  ) -> SeriesID {
    .allocationSite(AllocationSite(file: file, line: line, function: function, module: module))
  }

  func course(
    _ id: SeriesID, mebibytesHourly rate: Double = 0, noise: Double = 65536
  ) -> Course {
    Course(id: id, hourly: rate * Self.mebibyte, noise: noise)
  }

  func things(_ id: SeriesID, hourly: Double) -> Course {
    Course(id: id, start: 1000, hourly: hourly, noise: 1)
  }

  /// Samples every 10 seconds, beside a machine on which nothing grows.
  func report(
    _ courses: [Course], samples: Int = 120, only pids: Set<Int> = [],
    descriptors: [Int: DescriptorKinds] = [:]
  ) -> WatchReport {
    var random = SeededGenerator(seed: 11)
    let quiet = (0..<40).map { course(.slabCache("quiet-\($0)")) }
    var table = SampleTable()
    for row in 0..<samples {
      let share = Double(row) / Double(samples - 1)
      var amounts: [SeriesID: Int64] = [:]
      for course in courses + quiet {
        let gained = course.hourly * Double(row) / 360 + course.shape(share)
        let value = max(0, course.start + gained + course.noise * random.normal())
        amounts[course.id] = Int64(value)
      }
      table.append(amounts, at: Int64(row) * 10_000_000_000)
    }
    var facts = WatchFacts()
    facts.descriptors = descriptors
    return WatchReport([table], facts: facts, available: 8 << 30, only: pids)
  }
}
