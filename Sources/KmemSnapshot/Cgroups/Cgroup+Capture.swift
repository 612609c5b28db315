internal import KmemParsers

extension Capture {
  /// The control groups whose files the capture holds, by path; a reason where it holds none.
  var cgroups: Reading<[Cgroup]> {
    var groups: [Place: Cgroup] = [:]
    let root = CgroupFiles.root + "/"
    let isVersion1 = isVersion1
    var last: MemoryStat?
    for (path, reading) in sources where reading.outcome == .read && path.hasPrefix(root) {
      let (place, file) = Place.split(path.dropFirst(root.count), isVersion1: isVersion1)
      groups[place, default: Cgroup(path: place.group, version: place.version)]
        .take(file, reading.bytes, like: &last)
    }
    guard !groups.isEmpty else {
      return .missing(Missing(.absent, "no control group's memory is counted, or none was read"))
    }
    return .value(
      groups.values.map(\.completed).filter(\.tellsAnything)
        .sorted { ($0.version, $0.path) < ($1.version, $1.path) })
  }
}

/// Which group it is: its path within the hierarchy of a version.
private struct Place: Hashable {
  let version: Int
  let group: String

  /// The group and the name of a file of it, from a path such as `system.slice/memory.stat`.
  static func split(_ path: Substring, isVersion1: Bool) -> (place: Place, file: Substring) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let file = path[(slash.map(path.utf8.index(after:)) ?? path.startIndex)...]
    let group = path[..<(slash ?? path.startIndex)]
    // A group of version 2 may be called `memory` too, but its root has other files.
    if isVersion1, let rest = within("memory", group) {
      return (Place(version: 1, group: rest), file)
    }
    return (Place(version: 2, group: within("unified", group) ?? String(group)), file)
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
  /// Takes in a file of the group; `last` is what another group's `memory.stat` told.
  fileprivate mutating func take(
    _ file: Substring, _ bytes: [UInt8], like last: inout MemoryStat?
  ) {
    func number() -> Int64? {
      (try? KernelNumbers(parsing: bytes.span))?.values.first
    }
    switch file {
    case "memory.stat":
      stat = try? MemoryStat(bytes.span, like: last)
      last = stat ?? last
    case "memory.current", "memory.usage_in_bytes": memory = number()
    case "memory.swap.current": swap = number()
    // Until all files are taken, this is memory and swap together.
    case "memory.memsw.usage_in_bytes": swap = number()
    case "memory.kmem.usage_in_bytes": kernel = number()
    case "cgroup.stat":
      let stat = try? CgroupStat(parsing: bytes.span)
      descendants = stat?["nr_descendants"].flatMap(Int64.init(exactly:))
      dyingDescendants = stat?.dyingDescendants.flatMap(Int64.init(exactly:))
    default: break
    }
  }

  /// The group with what follows from several files.
  fileprivate var completed: Cgroup {
    var group = self
    if version == 1 { group.swap = Self.difference(swap, memory) ?? amount("swap") }
    if version == 2 { group.kernel = amount("kernel") ?? kernelParts }
    return group
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
