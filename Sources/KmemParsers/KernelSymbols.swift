/// The names that the kernel had for addresses while something was observed.
///
/// A module that is unloaded takes its names with it, comes back elsewhere, and another may lie in its
/// place: so each module's functions are kept once, and all places in which it was seen.
package struct KernelSymbols: Sendable {
  /// A build of a module, as far as the list of modules tells builds apart.
  private struct Build: Hashable {
    let name: String
    let size: UInt64
  }

  /// A build of a module where it lay for a while.
  private struct Stay: Hashable {
    let build: Build
    let start: UInt64

    func holds(_ address: UInt64) -> Bool { address >= start && address - start < build.size }
  }

  /// The text of `/proc/kallsyms` when it was first read: the kernel's own functions don't change.
  private var kernel: [UInt8] = []
  /// The functions of each module, by their distance from its beginning.
  private var functions: [Build: [(offset: UInt64, name: String)]] = [:]
  private var stays: Set<Stay> = []
  private var lastModules: [UInt8] = []

  /// Without names.
  package init() {}

  /// Whether no function of the kernel has an address: its list isn't there, or shows zeros to this reader.
  package var areHidden: Bool {
    var lines = Lines(kernel.span)
    while let line = lines.next() {
      var index = 0
      while index < line.count, line[index] == UInt8(ascii: "0") { index += 1 }
      // A few addresses of the first processor's own are 0 for everybody.
      if index < line.count, line[index] != UInt8(ascii: " ") { return false }
    }
    return true
  }

  /// Whether there is a list at all.
  package var isEmpty: Bool { kernel.isEmpty }

  /// Notes where modules lie, by the text of `/proc/modules`; `symbols` reads that of `/proc/kallsyms`,
  /// and is called only where functions are unknown.
  package mutating func note(modules: [UInt8], symbols: () -> [UInt8]) {
    guard kernel.isEmpty || modules != lastModules else { return }
    lastModules = modules
    let seen = Self.stays(modules)
    stays.formUnion(seen)
    guard kernel.isEmpty || seen.contains(where: { functions[$0.build] == nil }) else { return }
    let text = symbols()
    if kernel.isEmpty { kernel = text }
    learn(seen.filter { functions[$0.build] == nil }, text)
  }

  /// Keeps the functions of these modules.
  private mutating func learn(_ stays: Set<Stay>, _ text: [UInt8]) {
    let places = Dictionary(stays.map { ($0.build.name, $0) }) { first, _ in first }
    for stay in stays { functions[stay.build] = [] }
    Kallsyms.eachModuleFunction(in: text.span) { address, name, module in
      guard let stay = places[module], stay.holds(address) else { return }
      functions[stay.build]?.append((address - stay.start, name))
    }
    for stay in stays { functions[stay.build]?.sort { $0.offset < $1.offset } }
  }

  private static func stays(_ text: [UInt8]) -> Set<Stay> {
    guard let modules = try? Modules(parsing: text.span) else { return [] }
    return Set(
      modules.modules.compactMap { module in
        module.address.map {
          Stay(build: Build(name: module.name, size: module.size), start: $0)
        }
      })
  }
}

extension KernelSymbols {
  /// The frames of return addresses; one that is unknown, or that two modules had in turn, stays a bare
  /// address.
  package func frames(at addresses: Set<UInt64>) -> [UInt64: KmemleakFrame] {
    // A call may be a function's last instruction: the kernel prints the place before it too (%pB).
    let inKernel = Kallsyms(addresses: Set(addresses.map { $0 &- 1 }), in: kernel.span).functions
    var frames: [UInt64: KmemleakFrame] = [:]
    for address in addresses {
      frames[address] =
        moduleFrame(at: address)
        ?? inKernel[address &- 1].flatMap { $0.kernelFrame(at: address) }
        ?? KmemleakFrame(symbol: nil, address: address)
    }
    return frames
  }

  /// The frame in the one function of a module that the address can mean; a bare address where there are
  /// several; nil where no module lay there.
  private func moduleFrame(at address: UInt64) -> KmemleakFrame? {
    let place = address &- 1
    let found = Set(
      stays.filter { $0.holds(place) }.map { stay in
        frame(at: place - stay.start, return: address - stay.start, in: stay.build)
      })
    guard let first = found.first else { return nil }
    return found.count == 1 && first != nil ? first : KmemleakFrame(symbol: nil, address: address)
  }

  private func frame(at place: UInt64, return offset: UInt64, in build: Build) -> KmemleakFrame? {
    let table = functions[build] ?? []
    let next = table.firstIndex { $0.offset > place } ?? table.count
    guard next > 0 else { return nil }
    let function = table[next - 1]
    let end = next < table.count ? table[next].offset : build.size
    return KmemleakFrame(
      symbol: function.name, offset: offset - function.offset, length: end - function.offset,
      module: build.name)
  }
}

extension Kallsyms.Function {
  /// No function is as long: a symbol that stands before a gap says nothing of what lies in it.
  private static let mostBytes: UInt64 = 1 << 20

  /// The frame in a function of the kernel itself; nil for one of a module, and behind the last one.
  fileprivate func kernelFrame(at address: UInt64) -> KmemleakFrame? {
    guard module == nil, let end, end - start < Self.mostBytes else { return nil }
    return KmemleakFrame(symbol: name, offset: address - start, length: end - start)
  }
}
