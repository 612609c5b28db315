/// The amounts of one mapping, or of all mappings of a process, as `smaps` and `smaps_rollup` list them.
///
/// Written by `__show_smap` in `fs/proc/task_mmu.c`. A kernel prints the lines it knows: which of
/// them there are differs between releases and configurations.
package struct SmapsAmounts: Hashable, Sendable {
  /// The lines whose meaning is known, in the order in which 6.18 prints them.
  package enum Key: Int, CaseIterable, Sendable {
    case size, kernelPageSize, mmuPageSize, rss, pss, pssDirty, pssAnon, pssFile, pssShmem
    case sharedClean, sharedDirty, privateClean, privateDirty, referenced, anonymous, ksm, lazyFree
    case anonHugePages, shmemPmdMapped, filePmdMapped, sharedHugetlb, privateHugetlb
    case swap, swapPss, locked, nonlinear
  }

  /// A line whose name isn't one of those, or whose value is no amount.
  package struct Other: Hashable, Sendable {
    /// What stands before the colon.
    package let name: String
    /// What stands behind the colon.
    package let value: String
  }

  /// KiB by key; meaningless where `present` lacks the key.
  private var kibibytes: [UInt64] = []
  private var present: UInt32 = 0
  /// The lines of which only the name and the text are known, such as `THPeligible`.
  package internal(set) var others: [Other] = []

  init() {}

  /// Whether there is not one line.
  package var isEmpty: Bool { present == 0 && others.isEmpty }

  /// The amount in bytes; nothing where the kernel didn't print it, or it's more than fits.
  package subscript(key: Key) -> Int64? {
    guard has(key), let value = Int64(exactly: kibibytes[key.rawValue]) else { return nil }
    let (bytes, overflow) = value.multipliedReportingOverflow(by: 1024)
    return overflow ? nil : bytes
  }

  /// Whether the kernel printed the line.
  package func has(_ key: Key) -> Bool { present & 1 << UInt32(key.rawValue) != 0 }

  /// Notes an amount of KiB; false if the line was there already.
  mutating func set(_ key: Key, kibibytes value: UInt64) -> Bool {
    guard !has(key) else { return false }
    if kibibytes.isEmpty { kibibytes = Array(repeating: 0, count: Key.allCases.count) }
    kibibytes[key.rawValue] = value
    present |= 1 << UInt32(key.rawValue)
    return true
  }
}

extension SmapsAmounts.Key {
  /// The names of the lines.
  static let names = LineNames<Self>([
    ("Size", .size), ("KernelPageSize", .kernelPageSize), ("MMUPageSize", .mmuPageSize),
    ("Rss", .rss), ("Pss", .pss), ("Pss_Dirty", .pssDirty), ("Pss_Anon", .pssAnon),
    ("Pss_File", .pssFile), ("Pss_Shmem", .pssShmem), ("Shared_Clean", .sharedClean),
    ("Shared_Dirty", .sharedDirty), ("Private_Clean", .privateClean),
    ("Private_Dirty", .privateDirty), ("Referenced", .referenced), ("Anonymous", .anonymous),
    ("KSM", .ksm), ("LazyFree", .lazyFree), ("AnonHugePages", .anonHugePages),
    ("ShmemPmdMapped", .shmemPmdMapped), ("FilePmdMapped", .filePmdMapped),
    ("Shared_Hugetlb", .sharedHugetlb), ("Private_Hugetlb", .privateHugetlb), ("Swap", .swap),
    ("SwapPss", .swapPss), ("Locked", .locked), ("Nonlinear", .nonlinear),
  ])
}

extension SmapsAmounts {
  /// The sums of several mappings' amounts; those of sizes of a page mean nothing.
  package init(summing all: [SmapsAmounts]) {
    for key in Key.allCases where key != .kernelPageSize && key != .mmuPageSize {
      var sum: UInt64?
      for amounts in all where amounts.has(key) {
        let (value, overflow) = (sum ?? 0).addingReportingOverflow(amounts.kibibytes[key.rawValue])
        sum = overflow ? .max : value
      }
      if let sum { _ = set(key, kibibytes: sum) }
    }
  }
}
