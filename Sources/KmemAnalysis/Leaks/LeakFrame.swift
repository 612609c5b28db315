package import KmemParsers

/// One frame of a leak group's stack, with what is known of its module.
package struct LeakFrame: Hashable, Sendable {
  /// The frame as it reads in the report, with the module that a recorded map gives it.
  package let text: String
  /// The function; nothing where only an address is known.
  package let symbol: String?
  package let module: String?
  /// The line of source, in a decoded text.
  package let source: String?
  package let isInline: Bool
  /// Whether the module was found by address in a recorded map, not printed by the kernel.
  package let isResolved: Bool

  /// Whether neither the function nor its module is known.
  package var isUnknown: Bool { symbol == nil && module == nil }

  init(_ frame: KmemleakFrame, _ modules: ModuleMap) {
    // A return address is never in a module's data: another module lies there since.
    let isMisplaced = frame.symbol == "__this_module"
    let place = frame.address.flatMap(modules.place)
    symbol = isMisplaced ? nil : frame.symbol
    module = isMisplaced ? nil : frame.module ?? place?.module
    source = frame.source
    isInline = frame.isInline
    isResolved = frame.module == nil && place != nil
    text =
      isMisplaced
      ? "? (\(frame.text) is data: another module was loaded there since)"
      : place.map { "\(frame.text) (\($0.text))" } ?? frame.text
  }

  /// The function without what compilers append, and its module: the same in every build.
  package var name: String {
    guard let symbol else { return module.map { "? [\($0)]" } ?? "?" }
    return module.map { "\(Self.plain(symbol)) [\($0)]" } ?? Self.plain(symbol)
  }

  /// The function without `.constprop.0` and the like, and without powerpc's dot before it.
  static func plain(_ symbol: String) -> String {
    let name = symbol.drop { $0 == "." }
    return String(name.prefix { $0 != "." })
  }
}

/// Where modules lie, as recorded in `/proc/modules` during the same boot.
package struct ModuleMap: Sendable {
  /// A module, and how far into it an address lies.
  struct Place: Hashable {
    let module: String
    let offset: UInt64

    var text: String { "\(module)+0x\(String(offset, radix: 16)) by the recorded module list" }
  }

  private struct Span: Hashable, Sendable {
    let name: String
    let start: UInt64
    let size: UInt64
  }

  private var spans: Set<Span> = []

  package init(_ lists: [Modules] = []) {
    for module in lists.flatMap(\.modules) {
      guard let address = module.address else { continue }
      spans.insert(Span(name: module.name, start: address, size: module.size))
    }
  }

  package var isEmpty: Bool { spans.isEmpty }

  /// The one module that an address lies in; nothing if several lay there at different times.
  func place(of address: UInt64) -> Place? {
    let found = spans.filter { address >= $0.start && address - $0.start < $0.size }
    guard let first = found.first, found.allSatisfy({ $0.name == first.name }) else { return nil }
    return Place(module: first.name, offset: address - first.start)
  }

  /// Modules that were recorded at more than one address: their frames may be another module's.
  package var moved: Set<String> {
    Set(Dictionary(grouping: spans, by: \.name).filter { $0.value.count > 1 }.keys)
  }
}
