import KmemParsers

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
  /// What the line of source is asked for with; nothing for a bare address.
  package let code: CodeFrame?
  /// The lines of source that files with debugging information give, the innermost function first.
  package internal(set) var lines: [SourceLine] = []

  /// Whether neither the function nor its module is known.
  package var isUnknown: Bool { symbol == nil && module == nil }

  init(_ frame: KmemleakFrame, _ modules: ModuleMap, at moment: ModuleMap.Moment? = nil) {
    if frame.symbol == nil, frame.module == nil, let address = frame.address,
      let (residence, isSure) = modules.residence(of: address, at: moment)
    {
      self.init(frame, at: address, in: residence, isSure: isSure, modules)
      return
    }
    // A return address is never in a module's data: another module lies there since.
    let isData = frame.symbol == "__this_module"
    if isData || !(frame.module.map { modules.confirms($0, at: moment) } ?? true) {
      self.init(misnamed: frame, isData: isData, modules, at: moment)
      return
    }
    let code = frame.symbol.flatMap { symbol in
      frame.offset.map {
        CodeFrame(function: symbol, offset: $0, length: frame.length, module: frame.module)
      }
    }
    self.init(
      text: frame.text, symbol: frame.symbol, module: frame.module, source: frame.source,
      isInline: frame.isInline, code: code)
  }

  /// A frame that the kernel put into a module which wasn't there when the object was made.
  ///
  /// That module's file tells what address it is, and the map who lay there.
  private init(
    misnamed frame: KmemleakFrame, isData: Bool, _ modules: ModuleMap, at moment: ModuleMap.Moment?
  ) {
    if !isData, let address = modules.address(of: frame),
      let (residence, isSure) = modules.residence(of: address, at: moment), isSure
    {
      let bare = KmemleakFrame(symbol: nil, address: address)
      self.init(bare, at: address, in: residence, isSure: true, modules)
      return
    }
    let reason = isData ? "is data: another module was" : "may be another's: its module was"
    self.init(unknown: "\(frame.text) \(reason) loaded there since")
  }

  /// A bare address that lay in a module whose place was recorded.
  private init(
    _ frame: KmemleakFrame, at address: UInt64, in residence: ModuleResidence, isSure: Bool,
    _ modules: ModuleMap
  ) {
    let offset = address - residence.start
    let place = "\(residence.name)+0x\(String(offset, radix: 16))"
    switch modules.code?.code(at: offset, in: residence) ?? .unknown {
    case .function(let code) where !isSure: self.init(perhaps: code.text, frame)
    case .function(let code):
      self.init(
        text: "\(code.text) by the recorded module list", symbol: code.function,
        module: residence.name, isResolved: true, code: code)
    case .outside: self.init(text: frame.text)
    case .unknown where isSure && offset < 4096:
      self.init(
        text: "\(frame.text) (\(place) by the recorded module list)", module: residence.name,
        isResolved: true)
    case .unknown: self.init(perhaps: place, frame)
    }
  }

  /// A bare address that may have been in a module, or in another one that no list shows.
  private init(perhaps place: String, _ frame: KmemleakFrame) {
    self.init(text: "\(frame.text) (perhaps \(place), by the recorded module list)")
  }

  /// A frame of which nothing is sure, for the reason given.
  init(unknown reason: String) { self.init(text: "? (\(reason))") }

  private init(
    text: String, symbol: String? = nil, module: String? = nil, source: String? = nil,
    isInline: Bool = false, isResolved: Bool = false, code: CodeFrame? = nil
  ) {
    self.text = text
    self.symbol = symbol
    self.module = module
    self.source = source
    self.isInline = isInline
    self.isResolved = isResolved
    self.code = code
  }

  /// The line to look at first: the innermost one that isn't an allocator's wrapper.
  package var line: SourceLine? {
    lines.first { !AllocatorFrames.contains($0.function) } ?? lines.last
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
