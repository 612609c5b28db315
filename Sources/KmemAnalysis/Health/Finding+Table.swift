extension Finding {
  /// What a rule is about.
  package enum Role: Hashable, Sendable {
    /// Somebody who holds memory: named before what comes of it.
    case cause
    /// What comes of it: little memory is left, tasks wait.
    case symptom
    /// The files, which don't tell all or don't fit together: the books aren't whole.
    case files
    /// What a reader of single tables should know.
    case remark
  }

  /// What is declared of a rule.
  package struct Entry: Hashable, Sendable {
    /// The rule.
    package let rule: Rule
    /// How bad a finding of it is, unless its amount makes it critical.
    package let severity: Severity
    /// What the rule is about.
    package let role: Role

    init(_ rule: Rule, _ severity: Severity, _ role: Role) {
      self.rule = rule
      self.severity = severity
      self.role = role
    }
  }

  /// All rules in the order in which findings of one severity are named.
  ///
  /// What spoils the numbers of all others comes first, then who holds memory, the surest suspect
  /// before the vaguest; symptoms after causes, since who hears of a cause can do something.
  static let table: [Entry] = [
    Entry(.container, .warning, .files),
    Entry(.deadTasks, .warning, .cause),
    Entry(.deadFiles, .warning, .cause),
    Entry(.deadSockets, .warning, .cause),
    Entry(.leftMounts, .warning, .cause),
    Entry(.packets, .warning, .cause),
    Entry(.lockstep, .warning, .cause),
    Entry(.leftCgroups, .warning, .cause),
    Entry(.unreclaimableSlab, .warning, .cause),
    Entry(.largeCache, .warning, .cause),
    Entry(.percpu, .warning, .cause),
    Entry(.dyingCgroups, .warning, .cause),
    Entry(.vmalloc, .warning, .cause),
    Entry(.kernelStacks, .warning, .cause),
    Entry(.pageTables, .warning, .cause),
    Entry(.secPageTables, .warning, .cause),
    Entry(.strayPages, .warning, .cause),
    Entry(.idleHugePages, .warning, .cause),
    Entry(.cmaFree, .warning, .cause),
    Entry(.unaccounted, .warning, .cause),
    Entry(.orphans, .warning, .cause),
    Entry(.kills, .warning, .symptom),
    Entry(.stalled, .warning, .symptom),
    Entry(.zone, .warning, .symptom),
    Entry(.available, .warning, .symptom),
    Entry(.otherHugePages, .note, .cause),
    Entry(.shmem, .note, .cause),
    Entry(.balloon, .note, .cause),
    Entry(.hugePagesInUse, .note, .cause),
    Entry(.compressedSwap, .note, .cause),
    Entry(.cmaInUse, .note, .cause),
    Entry(.mlocked, .note, .cause),
    Entry(.reclaimableSlab, .note, .cause),
    Entry(.notInAvailable, .note, .cause),
    Entry(.swapFull, .note, .symptom),
    Entry(.incomplete, .note, .files),
    Entry(.countedTwice, .note, .files),
    Entry(.unmanaged, .note, .remark),
    Entry(.assumedPageSize, .note, .remark),
  ]

  /// Where the finding stands among those of its severity.
  ///
  /// Per-CPU memory that comes with much slab is named before it: control groups hold both.
  var rank: Int {
    if case .percpu(let percpu) = kind, percpu.slab != nil { return Rule.leftCgroups.rank }
    return rule.rank
  }

  /// This finding with no more than the severity of its rule, unless its amount makes it critical.
  ///
  /// A rule may find less: one cache of half of slab is only a note where programs hold it.
  var ranked: Finding {
    severity == .critical ? self : Finding(min(severity, rule.entry.severity), kind)
  }
}

extension Finding.Rule {
  /// What is declared of the rule.
  package var entry: Finding.Entry { Finding.table[rank] }

  /// Where it stands in the table.
  var rank: Int { Self.ranks[self] ?? 0 }

  private static let ranks = Dictionary(
    Finding.table.enumerated().map { ($1.rule, $0) }, uniquingKeysWith: { first, _ in first })

  /// The rule of that name; case and hyphens don't matter.
  package init?(named name: String) {
    func plain(_ name: String) -> String { name.lowercased().filter { $0 != "-" } }
    guard let rule = Self.allCases.first(where: { plain($0.rawValue) == plain(name) }) else {
      return nil
    }
    self = rule
  }
}
