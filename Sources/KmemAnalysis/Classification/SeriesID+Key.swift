extension SeriesID {
  /// What tells it from others of its kind, as it stands in JSON and in histories; never shown.
  package var key: String {
    switch self {
    case .system: "inUse"
    case .side(let side): side.rawValue
    case .memoryClass(let memoryClass): memoryClass.rawValue
    case .slabCache(let name), .module(let name), .cgroup(let name), .command(let name),
      .commandProcesses(let name):
      name
    case .vmallocCaller(let caller): Self.marked(caller.caller, caller.module)
    case .allocationSite(let tag):
      Self.marked("\(tag.file):\(tag.line) \(tag.function)", tag.module)
    case .count(let things): things.rawValue
    case .process(let process, _): "\(process.pid) \(process.comm) @\(process.startTime)"
    }
  }

  /// The series of that kind and key; nothing if no series has such a key.
  package init?(_ kind: Kind, key: String) {
    let found: SeriesID? =
      switch kind {
      case .system: key == "inUse" ? .system : nil
      case .side: MemorySide(rawValue: key).map(SeriesID.side)
      case .memoryClass: MemoryClass(rawValue: key).map(SeriesID.memoryClass)
      case .slabCache: .slabCache(key)
      case .vmallocCaller: .vmallocCaller(VmallocCaller(key: key))
      case .allocationSite: AllocationSite(key: key).map(SeriesID.allocationSite)
      case .module: .module(key)
      case .count: KernelCount(rawValue: key).map(SeriesID.count)
      case .cgroup: .cgroup(key)
      case .process, .processShared, .processFiles, .processThreads, .processChildren,
        .processZombies, .processSpace:
        ProcessFacet.allCases.first { $0.kind == kind }.flatMap { facet in
          ProcessName(key: key).map { .process($0, facet) }
        }
      case .command: .command(key)
      case .commandProcesses: .commandProcesses(key)
      }
    guard let found else { return nil }
    self = found
  }

  /// An order of those of one kind, for rows that are otherwise alike.
  func precedes(_ other: SeriesID) -> Bool { key < other.key }

  private static func marked(_ name: String, _ module: String?) -> String {
    module.map { "\(name) [\($0)]" } ?? name
  }

  /// A name and the module behind it in brackets, as the kernel prints them.
  fileprivate static func parts(_ key: String) -> (name: String, module: String?) {
    guard key.hasSuffix("]"), let bracket = key.ranges(of: " [").last else { return (key, nil) }
    return (String(key[..<bracket.lowerBound]), String(key[bracket.upperBound...].dropLast()))
  }
}

extension VmallocCaller {
  fileprivate init(key: String) {
    let parts = SeriesID.parts(key)
    self.init(caller: parts.name, module: parts.module)
  }
}

extension AllocationSite {
  fileprivate init?(key: String) {
    let parts = SeriesID.parts(key)
    guard let space = parts.name.firstIndex(of: " "),
      let colon = parts.name[..<space].lastIndex(of: ":"),
      let line = Int(parts.name[parts.name.index(after: colon)..<space])
    else { return nil }
    self.init(
      file: String(parts.name[..<colon]), line: line,
      function: String(parts.name[parts.name.index(after: space)...]), module: parts.module)
  }
}

extension ProcessName {
  fileprivate init?(key: String) {
    guard let space = key.firstIndex(of: " "), let pid = Int(key[..<space]),
      let mark = key.ranges(of: " @").last, mark.lowerBound >= space,
      let start = UInt64(key[mark.upperBound...])
    else { return nil }
    // A command may have no name: then both blanks are one.
    let comm = key.index(after: space)
    self.init(
      pid: pid, comm: comm < mark.lowerBound ? String(key[comm..<mark.lowerBound]) : "",
      startTime: start)
  }
}
