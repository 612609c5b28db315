import KmemParsers

/// One frame of a leak group's stack, with what is known of its module.
package struct LeakFrame: Hashable, Sendable {
  /// What the kernel printed; of a recorded function, its parts.
  private let parts: KmemleakFrame
  /// Whether the function is an allocator's, or a wrapper of one.
  private var isAllocator = false
  private var rarity = Rarity.none

  /// What few frames have: a report may have a million frames, and each takes 64 bytes so, 240 otherwise.
  private struct Rare: Hashable {
    var origin = Origin.kernel
    var recorded: CodeFrame?
    var module: String?
    var rule: FrameRule?
    var lines: [SourceLine] = []
  }

  private indirect enum Rarity: Hashable {
    case none
    case rare(Rare)
  }

  private var rare: Rare {
    get {
      guard case .rare(let rare) = rarity else { return Rare() }
      return rare
    }
    set { rarity = newValue == Rare() ? .none : .rare(newValue) }
  }

  /// How the frame's function and module became known.
  package var origin: Origin {
    guard case .rare(let rare) = rarity else { return .kernel }
    return rare.origin
  }

  /// How the function and module of a frame became known, or why they can't be.
  package enum Origin: Hashable, Sendable {
    /// The kernel printed the frame so.
    case kernel
    /// A recorded list of modules has the module, and its file the function.
    case recordedFunction
    /// A recorded list has the module: `leaky+0x234`.
    case recordedModule(place: String)
    /// The address may have lain in this module, or in a module that no list shows.
    case perhaps(place: String)
    /// The kernel printed a place in a module's data, where no code is: another module lay there
    /// before.
    case data
    /// The module that the kernel printed came there only after the object was allocated.
    case laterModule
    /// The frame isn't in the same module for all objects of the group.
    case severalModules

    /// Whether what the kernel printed isn't believed.
    package var isRefuted: Bool {
      switch self {
      case .data, .laterModule, .severalModules: true
      case .kernel, .recordedFunction, .recordedModule, .perhaps: false
      }
    }
  }

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
    self.init(frame, .kernel)
  }

  /// A frame that the kernel put into a module which wasn't there when the object was made.
  ///
  /// The file of that module gives the frame's address back, and the map says which module lay
  /// there.
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
    self.init(frame, isData ? .data : .laterModule)
  }

  /// A bare address that lay in a module whose place was recorded.
  private init(
    _ frame: KmemleakFrame, at address: UInt64, in residence: ModuleResidence, isSure: Bool,
    _ modules: ModuleMap
  ) {
    let offset = address - residence.start
    let place = "\(residence.name)+0x\(String(offset, radix: 16))"
    switch modules.code?.code(at: offset, in: residence) ?? .unknown {
    case .function(let code) where !isSure: self.init(frame, .perhaps(place: code.text))
    case .function(let code):
      let recorded = KmemleakFrame(
        symbol: code.function, offset: code.offset, length: code.length, module: residence.name)
      self.init(recorded, .recordedFunction)
      rare.recorded = code
    case .outside: self.init(frame, .kernel)
    case .unknown where isSure && offset < 4096:
      self.init(frame, .recordedModule(place: place))
      rare.module = residence.name
    case .unknown: self.init(frame, .perhaps(place: place))
    }
  }

  /// A frame that lay in several modules, depending on the object of the stack, so that none is
  /// named.
  init(inSeveralModules frame: KmemleakFrame) { self.init(frame, .severalModules) }

  private init(_ parts: KmemleakFrame, _ origin: Origin) {
    self.parts = parts
    if origin != .kernel { rare.origin = origin }
    isAllocator = symbol.map(AllocatorFunctions.contains) == true
  }
}

extension LeakFrame {
  /// Whether the function and module are those of the parts.
  private var isNamed: Bool {
    switch origin {
    case .kernel, .recordedFunction: true
    case .recordedModule, .perhaps, .data, .laterModule, .severalModules: false
    }
  }

  /// The frame as the kernel prints it; the function, where a recorded map gives one.
  package var printed: String { rare.recorded?.text ?? parts.text }
  /// The function; nothing where only an address is known.
  package var symbol: String? { isNamed ? parts.symbol : nil }
  /// The module in brackets behind the frame, or the one that a recorded map gives; nil for the
  /// kernel's own code and where it isn't known.
  package var module: String? { isNamed ? parts.module : rare.module }
  /// The line of source, in a decoded text.
  package var source: String? { origin == .kernel ? parts.source : nil }
  /// Whether a decoded text marks the function as inlined into the next frame, so that it has no
  /// return address of its own.
  package var isInline: Bool { origin == .kernel && parts.isInline }

  /// The frame's parts, with which its line of source is looked up; nil for a bare address.
  package var code: CodeFrame? {
    if case .rare(let rare) = rarity, let recorded = rare.recorded { return recorded }
    guard let symbol, let offset = parts.offset else { return nil }
    return CodeFrame(function: symbol, offset: offset, length: parts.length, module: module)
  }

  /// The code that the frame lies in; nil where no line of source can be asked for.
  var owner: CodeOwner? {
    if case .rare(let rare) = rarity, let recorded = rare.recorded { return recorded.owner }
    guard parts.offset != nil, symbol != nil else { return nil }
    return CodeOwner(module: module, buildID: nil)
  }

  /// Why the frame is never the culprit; nil if it may be.
  package internal(set) var passedOver: Passing? {
    get { isAllocator ? .allocator : rare.rule.map(Passing.rule) }
    set {
      isAllocator = newValue == .allocator
      if case .rule(let rule) = newValue {
        rare.rule = rule
      } else if rare.rule != nil {
        rare.rule = nil
      }
    }
  }

  /// Whether nothing passes it over, so that it may be the culprit.
  package var mayBeCulprit: Bool {
    guard !isAllocator else { return false }
    guard case .rare(let rare) = rarity else { return true }
    return rare.rule == nil
  }

  /// The lines of source that files with debugging information give, the innermost function first.
  package internal(set) var lines: [SourceLine] {
    get {
      guard case .rare(let rare) = rarity else { return [] }
      return rare.lines
    }
    set { if newValue != lines { rare.lines = newValue } }
  }

  /// Whether the module was found by address in a recorded map, not printed by the kernel.
  package var isResolved: Bool {
    switch origin {
    case .recordedFunction, .recordedModule: true
    case .kernel, .perhaps, .data, .laterModule, .severalModules: false
    }
  }

  /// Whether neither the function nor its module is known.
  package var isUnknown: Bool { symbol == nil && module == nil }

  /// The line to look at first: the innermost one that isn't an allocator's wrapper.
  package var line: SourceLine? {
    lines.first { !AllocatorFunctions.contains($0.function) } ?? lines.last
  }

  /// The function without what compilers append, and its module: the same in every build.
  package var name: String {
    guard let symbol else { return module.map { "? [\($0)]" } ?? "?" }
    return module.map { "\(Self.withoutCompilerSuffix(symbol)) [\($0)]" }
      ?? Self.withoutCompilerSuffix(symbol)
  }

  /// The function without `.constprop.0` and the like, and without powerpc's dot before it.
  static func withoutCompilerSuffix(_ symbol: String) -> String {
    let bytes = symbol.utf8.span
    let name = withoutCompilerSuffix(bytes)
    guard name.count < bytes.count else { return symbol }
    let start = symbol.utf8.index(symbol.startIndex, offsetBy: name.lowerBound)
    return String(symbol[start..<symbol.utf8.index(start, offsetBy: name.count)])
  }

  /// Where the name without them lies.
  static func withoutCompilerSuffix(_ symbol: Span<UInt8>) -> Range<Int> {
    let dot = UInt8(ascii: ".")
    var start = 0
    while start < symbol.count, symbol[start] == dot { start += 1 }
    var end = start
    while end < symbol.count, symbol[end] != dot { end += 1 }
    return start..<end
  }
}
