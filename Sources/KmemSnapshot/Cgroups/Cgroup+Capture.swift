package import KmemParsers

extension Capture {
  /// The control groups whose files the capture holds, and those whose files were parsed as they were
  /// read, by path; a reason where there are none.
  func cgroups(beside parsed: [Cgroup]) -> Reading<[Cgroup]> {
    let groups = heldGroups + parsed
    guard !groups.isEmpty else {
      return .missing(Missing(.absent, "no control group's memory is counted, or none was read"))
    }
    return .value(
      groups.filter(\.tellsAnything).sorted { first, second in
        first.version == second.version ? first.path < second.path : first.version < second.version
      })
  }

  private var heldGroups: [Cgroup] {
    var groups: [CgroupPlace: Cgroup] = [:]
    let root = CgroupFiles.root + "/"
    let isVersion1 = isVersion1
    var last: MemoryStat?
    for (path, reading) in sources where reading.outcome == .read && path.hasPrefix(root) {
      let below = path.dropFirst(root.count)
      let slash = below.utf8.lastIndex(of: UInt8(ascii: "/"))
      let place = CgroupPlace(below[..<(slash ?? below.startIndex)], isVersion1: isVersion1)
      let name = below[(slash.map(below.utf8.index(after:)) ?? below.startIndex)...]
      groups[place, default: Cgroup(place)].take(name, reading.bytes.span, like: &last)
    }
    return groups.values.map { group in
      var group = group
      group.complete()
      return group
    }
  }
}

/// Which group it is: its path within the hierarchy of a version.
package struct CgroupPlace: Hashable, Sendable {
  let version: Int
  let group: String

  /// The group of a directory below the root of all hierarchies, such as `system.slice/ssh.service`.
  package init(_ directory: Substring, isVersion1: Bool) {
    // A group of version 2 may be called `memory` too, but its root has other files.
    if isVersion1, let rest = Self.within("memory", directory) {
      (version, group) = (1, rest)
    } else {
      (version, group) = (2, Self.within("unified", directory) ?? String(directory))
    }
  }

  /// The path below that hierarchy; nil for a group that isn't in it.
  private static func within(_ hierarchy: String, _ group: Substring) -> String? {
    let bytes = group.utf8
    guard bytes.starts(with: hierarchy.utf8) else { return nil }
    let rest = bytes.dropFirst(hierarchy.utf8.count)
    guard let first = rest.first else { return "" }
    return first == UInt8(ascii: "/") ? String(Substring(rest.dropFirst())) : nil
  }
}

extension Capture {
  fileprivate var isVersion1: Bool {
    sources[CgroupFiles.root + "/memory/memory.usage_in_bytes"] != nil
      || sources[CgroupFiles.root + "/memory/memory.stat"] != nil
        && sources[CgroupFiles.root + "/memory.stat"] == nil
  }
}

extension Cgroup {
  /// The group at that place, of which nothing is known yet.
  package init(_ place: CgroupPlace) { self.init(path: place.group, version: place.version) }

  /// Takes in a file of the group; `last` is what another group's `memory.stat` told.
  package mutating func take(
    _ file: some StringProtocol, _ text: Span<UInt8>, like last: inout MemoryStat?
  ) {
    switch file {
    case "memory.stat":
      stat = try? MemoryStat(text, like: last)
      last = stat ?? last
    case "memory.current", "memory.usage_in_bytes": memory = Self.number(text)
    case "memory.swap.current": swap = Self.number(text)
    // Until all files are taken, this is memory and swap together.
    case "memory.memsw.usage_in_bytes": swap = Self.number(text)
    case "memory.kmem.usage_in_bytes": kernel = Self.number(text)
    case "cgroup.stat":
      let stat = try? CgroupStat(parsing: text)
      descendants = stat?["nr_descendants"].flatMap(Int64.init(exactly:))
      dyingDescendants = stat?.dyingDescendants.flatMap(Int64.init(exactly:))
    default: break
    }
  }

  /// The number of a file that has one, which most are: a number and the end of its line.
  private static func number(_ text: Span<UInt8>) -> Int64? {
    if text.count > 1, text[text.count - 1] == UInt8(ascii: "\n"),
      let value = text.extracting(0..<(text.count - 1)).decimal, let number = Int64(exactly: value)
    {
      return number
    }
    return (try? KernelNumbers(parsing: text))?.values.first
  }

  /// Adds what follows from several files, once all were taken in.
  package mutating func complete() {
    if version == 1 { swap = Self.difference(swap, memory) ?? amount("swap") }
    if version == 2 { kernel = amount("kernel") ?? kernelParts }
  }

  private static func difference(_ whole: Int64?, _ part: Int64?) -> Int64? {
    guard let whole, let part, whole >= part else { return nil }
    return whole - part
  }

  /// What `memory.stat` told of kernel memory before it had the sum (up to 5.17).
  private var kernelParts: Int64? {
    let names = ["kernel_stack", "pagetables", "percpu", "slab", "sock", "vmalloc"]
    let parts = names.compactMap { amount($0) }
    guard !parts.isEmpty else { return nil }
    return parts.reduce(0) { sum, part in
      let (value, overflow) = sum.addingReportingOverflow(part)
      return overflow ? .max : value
    }
  }

  fileprivate var tellsAnything: Bool { memory != nil || stat != nil || descendants != nil }
}
