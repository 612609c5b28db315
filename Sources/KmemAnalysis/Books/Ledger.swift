import KmemParsers
import KmemSnapshot

/// Enters the classes of one snapshot, one after the other.
struct Ledger {
  let snapshot: Snapshot
  let meminfo: Meminfo
  /// Whether meminfo is a container's; what it passes on from the host is in no class then.
  let container: ContainerMeminfo?
  var lines: [Books.Line] = []
  var notes: [Books.Note] = []

  /// Enters all classes that the snapshot tells; nothing without a meminfo.
  init?(_ snapshot: Snapshot) {
    guard let meminfo = snapshot.meminfo.value else { return nil }
    self.snapshot = snapshot
    self.meminfo = meminfo
    container = snapshot.containerMeminfo
    enterAll()
    guard meminfo.entries.contains(where: { $0.error > 0 }) else { return }
    for index in lines.indices { lines[index].error = error(of: lines[index].origin) }
  }

  /// What rounding may hide in all lines that an amount is made of.
  private func error(of origin: Books.Origin) -> Int64 {
    origin.components.reduce(0) { sum, component in
      guard case .line(let key) = component else { return sum }
      return sum.plus(meminfo[key]?.error ?? 0)
    }
  }

  /// Whether the amount is the host's while MemTotal is a container's.
  private func isHosts(_ memoryClass: MemoryClass) -> Bool {
    switch memoryClass {
    case .free, .anonymous, .shmem, .pageCache, .lruInTransit: false
    case .slabReclaimable, .slabUnreclaimable: container?.countsSlab == false
    default: container != nil
    }
  }

  private mutating func enterAll() {
    enterFree()
    enterUser()
    enterSlab()
    enterVmalloc()
    enterPageTables()
    enterPercpu()
    enterRare()
  }

  var pageSize: Int64 { Int64(snapshot.host.pageSize.bytes) }

  /// The amount of a meminfo line in bytes; nothing if it isn't printed or went below zero.
  func bytes(_ key: Meminfo.Key) -> Int64? { meminfo[key]?.bytes }

  /// The pages of a vmstat line in bytes.
  func pages(vmstat key: Vmstat.Key) -> Int64? {
    snapshot.vmstat.value?[key].flatMap(inBytes)
  }

  func inBytes(pages: UInt64) -> Int64? {
    Int64(pages: pages, of: pageSize)
  }

  mutating func enter(_ memoryClass: MemoryClass, _ bytes: Int64?, from origin: Books.Origin) {
    guard let bytes, !isHosts(memoryClass) else {
      let missing: MissingAmount = isHosts(memoryClass) ? .hostOnly : lost(origin)
      return enter(memoryClass, missing: missing, from: origin)
    }
    lines.append(Books.Line(memoryClass: memoryClass, bytes: bytes, missing: nil, origin: origin))
  }

  mutating func enter(
    _ memoryClass: MemoryClass, missing: MissingAmount, from origin: Books.Origin
  ) {
    lines.append(
      Books.Line(memoryClass: memoryClass, bytes: nil, missing: missing, origin: origin))
  }

  /// Why lines have no amount: this kernel prints them and they were cut off, or it doesn't.
  private func lost(_ origin: Books.Origin) -> MissingAmount {
    guard snapshot.report == nil else { return .notReported }
    guard case .meminfo(let lines, _, _) = origin else { return .notPrinted }
    return absence(of: lines) ?? .notPrinted
  }

  /// Why lines aren't there, unless this kernel doesn't print them.
  func absence(of lines: [Meminfo.Key]) -> MissingAmount? {
    guard !snapshot.isMeminfoOfTool else { return .notInText }
    let completeness = snapshot.meminfoCompleteness
    let lost = lines.filter { completeness.lacks([$0]) }
    return lost.isEmpty ? nil : .lines(lost)
  }

  /// A class that many kernels never have: no line where it isn't printed.
  mutating func enterIfPrinted(
    _ memoryClass: MemoryClass, _ bytes: Int64?, from origin: Books.Origin,
    isUpperBound: Bool = false
  ) {
    guard let bytes, !isHosts(memoryClass) else { return }
    lines.append(
      Books.Line(
        memoryClass: memoryClass, bytes: bytes, missing: nil, origin: origin,
        isUpperBound: isUpperBound))
  }

  /// The difference of two amounts; nothing where either is missing.
  func difference(_ first: Int64?, _ second: Int64?) -> Int64? {
    guard let first, let second else { return nil }
    let (result, overflow) = first.subtractingReportingOverflow(second)
    return overflow ? nil : result
  }

  /// The sum of those amounts that are there; nothing where none is.
  func sum(_ amounts: Int64?...) -> Int64? {
    let known = amounts.compactMap { $0 }
    guard !known.isEmpty else { return nil }
    return known.reduce(0) { $0.plus($1) }
  }
}
