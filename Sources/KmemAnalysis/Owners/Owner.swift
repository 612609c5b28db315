/// Who asked for memory, as far as it is known: a module, a function, a line of source.
package struct Owner: Hashable, Sendable {
  /// The module; nothing for the kernel itself.
  package var module: String?
  /// The function without what compilers append (`.constprop.0`).
  package var function: String?
  /// The file of the kernel's source tree.
  package var file: String?
  package var line: Int?

  package init(
    module: String? = nil, function: String? = nil, file: String? = nil, line: Int? = nil
  ) {
    self.module = module
    // Few names have what compilers append, and there are thousands of lines.
    self.function = function.map { $0.utf8.contains(UInt8(ascii: ".")) ? LeakFrame.plain($0) : $0 }
    self.file = file
    self.line = line
  }

  package init(_ tag: AllocationTag) {
    self.init(module: tag.module, function: tag.function, file: tag.file, line: tag.line)
  }

  package init(_ caller: VmallocCaller) {
    let name = caller.caller.prefix { $0 != "+" }
    self.init(module: caller.module, function: String(name))
  }

  /// Whether both are one function, or one module where a side knows no function.
  func isSame(as other: Owner) -> Bool {
    guard module == other.module else { return false }
    guard let function, let theirs = other.function else { return module != nil }
    return function == theirs
  }

  /// The directory of the source that the file is in: `fs/ext4`, `mm`, `drivers/net`.
  package var directory: String? {
    guard let file else { return nil }
    let steps = file.split(separator: "/").dropLast()
    let depth = steps.first.map { Self.large.contains(String($0)) ? 2 : 1 } ?? 0
    return depth == 0 ? "." : steps.prefix(depth).joined(separator: "/")
  }

  /// Whether it's the allocator of per-CPU memory, which asks on behalf of somebody else.
  package var isPercpuAllocator: Bool { function?.hasPrefix(VmallocCaller.percpuPrefix) == true }

  /// Directories whose parts are told apart.
  private static let large: Set = [
    "fs", "net", "drivers", "sound", "arch", "security", "kernel", "include",
  ]
}

/// How sure an owner is.
package enum Confidence: String, Hashable, Sendable, Comparable {
  /// The kernel counted it for this owner.
  case exact
  /// Inferred, and nothing speaks for another.
  case likely
  /// One of several that it could be.
  case possible

  package static func < (first: Self, second: Self) -> Bool { first.rank < second.rank }

  private var rank: Int { self == .exact ? 2 : self == .likely ? 1 : 0 }
}

/// One owner that growth may have, with what speaks for it.
package struct Candidate: Hashable, Sendable {
  package internal(set) var owner: Owner
  package internal(set) var confidence: Confidence
  /// The strongest first; never empty.
  package internal(set) var evidence: [Evidence]
  /// Bytes that this owner gained; nothing where the evidence has no amounts.
  package internal(set) var growth: Int64?
  /// Objects, pages or calls that it gained.
  package internal(set) var count: Int64?
}

extension [Candidate] {
  /// Adds a candidate, or what speaks for it to the one that is the same owner.
  mutating func join(_ other: Candidate) {
    guard let index = firstIndex(where: { $0.owner.isSame(as: other.owner) }) else {
      return append(other)
    }
    self[index].evidence += other.evidence
    if self[index].growth == nil { self[index].growth = other.growth }
    if self[index].owner.function == nil { self[index].owner = other.owner }
    self[index].confidence = Swift.max(self[index].confidence, other.confidence)
  }

  /// The surest first, then those that gained most.
  var ranked: [Candidate] {
    sorted { first, second in
      let (one, other) = (first.growth ?? 0, second.growth ?? 0)
      if first.confidence != second.confidence { return first.confidence > second.confidence }
      if one != other { return one > other }
      return (first.owner.module ?? "", first.owner.function ?? "")
        < (second.owner.module ?? "", second.owner.function ?? "")
    }
  }
}
