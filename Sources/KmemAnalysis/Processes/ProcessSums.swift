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

    @inline(never)
    fileprivate mutating func add(_ value: Int64?, estimate: Int64? = nil) {
      guard let known = value ?? estimate else { return isPartial = true }
      bytes = bytes.plus(known)
      isUnknown = false
      if value == nil { isEstimate = true }
    }

    @inline(never)
    fileprivate mutating func add(_ other: Sum) {
      bytes = bytes.plus(other.bytes)
      isEstimate = isEstimate || other.isEstimate
      isPartial = isPartial || other.isPartial || other.isUnknown
      isUnknown = isUnknown && other.isUnknown
    }
  }

  package private(set) var uss = Sum()
  package private(set) var pss = Sum()
  package private(set) var rss = Sum()
  package private(set) var vss = Sum()
  package private(set) var swap = Sum()
  package private(set) var pageTables = Sum()
  package let processes: Int
  package private(set) var measured = 0
  package private(set) var threads: Int64 = 0
  package private(set) var descriptors = Sum()

  /// The sums of sums.
  package init(adding all: some Collection<ProcessSums>) {
    processes = all.sum(\.processes)
    measured = all.sum(\.measured)
    threads = all.sum(\.threads)
    for sums in all { add(sums) }
  }

  package init(_ all: [ProcessMemory]) {
    processes = all.count
    for process in all { add(process) }
  }
}

extension ProcessSums {
  // Inlined into the loops over all processes, these keep the optimizer busy for half an hour: it asks
  // of each of the many fields whether it may move out of the loop.
  @inline(never)
  private mutating func add(_ other: ProcessSums) {
    uss.add(other.uss)
    pss.add(other.pss)
    rss.add(other.rss)
    vss.add(other.vss)
    swap.add(other.swap)
    pageTables.add(other.pageTables)
    descriptors.add(other.descriptors)
  }

  @inline(never)
  private mutating func add(_ process: ProcessMemory) {
    uss.add(process.uss, estimate: process.anonymous)
    pss.add(process.pss)
    rss.add(process.rss)
    vss.add(process.vss)
    swap.add(process.swap)
    pageTables.add(process.pageTables)
    descriptors.add(process.descriptors)
    threads = threads.plus(Int64(process.threads ?? 0))
    if process.isMeasured { measured += 1 }
  }
}
