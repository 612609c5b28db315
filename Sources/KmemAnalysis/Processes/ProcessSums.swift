/// The memory of one or more processes in sum.
///
/// Only sums of PSS and USS mean something: RSS counts shared pages once for each process.
package struct ProcessSums: Hashable, Sendable {
  /// A sum, and whether parts of it are unknown or estimated.
  package struct Sum: Hashable, Sendable {
    /// The sum of the known parts; descriptors are a count.
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

  /// What is freed when the processes end; estimated from RssAnon where USS isn't known.
  package let uss: Sum
  /// Memory where each page counts by the share of the processes.
  package let pss: Sum
  /// Resident memory; shared pages count several times.
  package let rss: Sum
  /// Address space.
  package let vss: Sum
  /// Swapped out memory.
  package let swap: Sum
  /// Page tables that the kernel holds for the processes.
  package let pageTables: Sum
  /// Open file descriptors, as a count.
  package let descriptors: Sum
  /// How many processes were summed.
  package let processes: Int
  /// How many of them had their PSS and USS measured.
  package let measured: Int
  /// How many threads they have.
  package let threads: Int64

  // Each sum has a loop of its own: the compiler takes minutes over one loop through all of them.

  /// Adds sums up.
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

  /// Sums the amounts of processes.
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
