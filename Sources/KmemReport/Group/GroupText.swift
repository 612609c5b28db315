package import KmemAnalysis
import KmemParsers
package import KmemSnapshot

/// What one control group's memory is used for, as text and as a document.
package struct GroupText: TextReport {
  private let group: GroupMemory
  private let origin: String
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text of a group.
  package init(_ group: GroupMemory, origin: String, style: Style) {
    self.group = group
    self.origin = origin
    page = TextPage(style)
  }

  /// Writes whose the memory is, and the verdict as the last line.
  package mutating func write() {
    page.sentence(origin)
    page.heading("Control group", note: GroupVerdict(group).usage)
    var table = Table([.text(""), .number(""), .text("whose")])
    for part in group.parts {
      table.add(
        Table.Cell(part.name.title), Table.Cell(Amount.short(part.bytes)),
        Table.Cell(part.name.side.title, .faint))
    }
    page.add(table)
    if group.others > 0 {
      let tables = group.others + 1
      page.sentence("The text has memory.stat \(tables) times; the last one is read.", .faint)
    }
    let verdict = GroupVerdict(group)
    page.verdict(verdict.sentence, group.isShort ? .bad : .none)
  }

  /// The document, `kmemcheck.group/1`.
  package static func document(_ group: GroupMemory, origin: String) -> JSONValue {
    let limit: JSONValue =
      if case .bytes(let bytes) = group.limit { .int(Int64(clamping: bytes)) } else { .null }
    return .object([
      "schema": .string("kmemcheck.group/1"), "origin": .string(origin),
      "usage": .int(group.usage), "usageIsSum": .bool(group.isSummed), "limit": limit,
      "limitIsKnown": .bool(group.limit != .untold), "short": .bool(group.isShort),
      "parts": .array(
        group.parts.map {
          .object([
            "id": .string($0.name.rawValue), "side": .string($0.name.side.rawValue),
            "bytes": .int($0.bytes),
          ])
        }),
      "verdict": .string(GroupVerdict(group).sentence),
    ])
  }
}

/// The last line about a group.
private struct GroupVerdict {
  let group: GroupMemory

  init(_ group: GroupMemory) { self.group = group }

  /// `2.3 GiB of at most 7.3 GiB (32 %)`.
  var usage: String {
    let used = Amount.short(group.usage) + (group.isSummed ? " by its parts" : "")
    switch group.limit {
    case .bytes(let bytes):
      let share = group.share.map { " (\(Amount.percent($0)))" } ?? ""
      return "\(used) of at most \(Amount.short(Int64(clamping: bytes)))\(share)"
    case .none: return "\(used), without a limit of its own"
    case .untold: return "\(used), its limit isn't told"
    }
  }

  var sentence: String {
    let head = group.isShort ? "Verdict: warning: " : "Verdict: "
    return head + "the group holds \(usage)\(largest)\(given). \(rest)"
  }

  /// Who holds most of what stays.
  private var largest: String {
    guard group.isDivided else {
      return "; whose it is, and what of it is cache, memory.stat tells, which isn't there"
    }
    guard let first = group.parts.first else { return "" }
    return "; most of it is \(first.name.noun) with \(Amount.short(first.bytes))"
  }

  /// What the kernel gives back before the limit hurts, where something else isn't named first.
  private var given: String {
    let bytes = group.usage.minus(group.kept)
    guard bytes >= group.usage / 10, bytes > 0 else { return "" }
    if group.parts.first?.name.side == .cache {
      return ", which is given back when the limit is met"
    }
    return "; \(Amount.short(bytes)) is cache, given back when the limit is met"
  }

  private var rest: String {
    switch group.limit {
    case .untold:
      "How near its limit it is can't be told: put memory.max (version 1: memory.limit_in_bytes) and "
        + "memory.current into the same text. One moment can't show growth"
    case .none:
      "A group above it may have a limit, and nothing here tells of the rest of the machine; one moment can't show growth"
    case .bytes where group.isShort:
      "What is left is used up soon if it grows; one moment can't show growth: save another later"
    case .bytes:
      "One moment can't show growth, and nothing here tells of the rest of the machine"
    }
  }
}

extension GroupMemory.Part {
  fileprivate var title: String {
    switch self {
    case .anonymous: "anonymous"
    case .cache: "page cache"
    case .shmem: "shared memory, tmpfs"
    case .kernel: "kernel, not given back"
    case .slabReclaimable: "reclaimable slab"
    case .sockets: "buffers of sockets"
    case .rest: "in none of the values"
    }
  }

  fileprivate var noun: String {
    switch self {
    case .anonymous: "its programs' own (anon)"
    case .cache: "page cache"
    case .shmem: "shared memory and files in tmpfs"
    case .kernel: "the kernel's for it (slab, stacks, page tables)"
    case .slabReclaimable: "reclaimable slab (dentries, inodes)"
    case .sockets: "buffers of sockets"
    case .rest: "in none of the values, as a rule kernel memory"
    }
  }
}
