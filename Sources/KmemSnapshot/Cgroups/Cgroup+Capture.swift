internal import KmemParsers

extension Capture {
  /// The control groups whose files the capture holds, by path; a reason where it holds none.
  var cgroups: Reading<[Cgroup]> {
    var groups: [String: Cgroup] = [:]
    for (path, reading) in sources
    where reading.outcome == .read && path.hasPrefix(CgroupFiles.root + "/") {
      guard let place = Hierarchy(path, in: self) else { continue }
      let key = "\(place.version) \(place.group)"
      groups[key, default: Cgroup(path: place.group, version: place.version)]
        .take(place.file, reading.bytes)
    }
    guard !groups.isEmpty else {
      return .missing(Missing(.absent, "no control group's memory is counted, or none was read"))
    }
    return .value(
      groups.values.map(\.completed).filter(\.tellsAnything)
        .sorted { ($0.version, $0.path) < ($1.version, $1.path) })
  }
}

/// Where a group's file belongs: `sys/fs/cgroup/system.slice/memory.stat`.
private struct Hierarchy {
  let version: Int
  let group: String
  let file: Substring

  init?(_ path: String, in capture: Capture) {
    var parts = path.dropFirst(CgroupFiles.root.count + 1).split(separator: "/")
    guard let file = parts.popLast() else { return nil }
    self.file = file
    // A group of version 2 may be called `memory` too, but its root has other files.
    if parts.first == "memory", capture.isVersion1 {
      version = 1
      parts.removeFirst()
    } else {
      version = 2
      if parts.first == "unified" { parts.removeFirst() }
    }
    group = parts.joined(separator: "/")
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
  fileprivate mutating func take(_ file: Substring, _ bytes: [UInt8]) {
    func number() -> Int64? {
      (try? KernelNumbers(parsing: bytes.span))?.values.first
    }
    switch file {
    case "memory.stat": stat = try? MemoryStat(parsing: bytes.span)
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
