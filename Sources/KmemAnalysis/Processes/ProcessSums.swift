/// The memory of one or more processes in sum.
///
/// Only sums of PSS and USS mean something: RSS counts shared pages once for each process.
package struct ProcessSums: Hashable, Sendable {
  /// A sum, and whether parts of it are unknown or estimated.
  package struct Sum: Hashable, Sendable {
    package private(set) var bytes: Int64 = 0
    /// Whether a part was estimated from `status`.
    package private(set) var isEstimate = false
    /// Whether a part is unknown, so that the sum is too small.
    package private(set) var isPartial = false
    /// Whether no part is known.
    package private(set) var isUnknown = true

    fileprivate init(_ values: some Sequence<Int64?>, estimates: [Int64?]? = nil) {
      for (index, value) in values.enumerated() {
        guard let known = value ?? estimates?[index] else {
          isPartial = true
          continue
        }
        bytes = bytes.plus(known)
        isUnknown = false
        if value == nil { isEstimate = true }
      }
    }

    fileprivate init(adding sums: some Collection<Sum>) {
      bytes = sums.sum(\.bytes)
      isEstimate = sums.contains(where: \.isEstimate)
      isPartial = sums.contains { $0.isPartial || $0.isUnknown }
      isUnknown = sums.allSatisfy(\.isUnknown)
    }
  }

  package let uss: Sum
  package let pss: Sum
  package let rss: Sum
  package let vss: Sum
  package let swap: Sum
  package let pageTables: Sum
  package let descriptors: Sum
  package let processes: Int
  package let measured: Int
  package let threads: Int64

  // One loop for each sum: the compiler takes minutes over a loop that goes through all of them.

  /// The sums of sums.
  package init(adding all: some Collection<ProcessSums>) {
    processes = all.sum(\.processes)
    measured = all.sum(\.measured)
    threads = all.sum(\.threads)
    uss = Sum(adding: all.map(\.uss))
    pss = Sum(adding: all.map(\.pss))
    rss = Sum(adding: all.map(\.rss))
    vss = Sum(adding: all.map(\.vss))
    swap = Sum(adding: all.map(\.swap))
    pageTables = Sum(adding: all.map(\.pageTables))
    descriptors = Sum(adding: all.map(\.descriptors))
  }

  package init(_ all: [ProcessMemory]) {
    processes = all.count
    measured = all.count(where: \.isMeasured)
    threads = all.sum { Int64($0.threads ?? 0) }
    uss = Sum(all.map(\.uss), estimates: all.map(\.anonymous))
    pss = Sum(all.map(\.pss))
    rss = Sum(all.map(\.rss))
    vss = Sum(all.map(\.vss))
    swap = Sum(all.map(\.swap))
    pageTables = Sum(all.map(\.pageTables))
    descriptors = Sum(all.map(\.descriptors))
  }
}
