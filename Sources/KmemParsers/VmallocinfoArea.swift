extension Vmallocinfo.Area {
  init?(_ line: Span<UInt8>) {
    var fields = Fields(line)
    guard let range = fields.next(), range.starts(with: "0x"), let dash = range.offset(of: "-0x"),
      let size = fields.nextDecimal()
    else { return nil }
    var words = Words()
    while let word = fields.next() {
      if word[0] == UInt8(ascii: "["), words.module == nil {
        words.module = Self.module(word, &fields)
      } else {
        words.read(word)
      }
    }
    self.init(
      start: range.extracting(0..<dash).hexadecimal,
      end: range.extracting((dash + 1)..<range.count).hexadecimal,
      size: size, caller: words.caller, module: words.module, pages: words.pages,
      physical: words.physical, flags: words.flags, others: words.others,
      nodePages: words.nodePages)
  }

  /// The name in `[module]`, or in `[module build-id]`.
  private static func module(_ word: Span<UInt8>, _ fields: inout Fields) -> String {
    let bracket = UInt8(ascii: "]")
    if word[word.count - 1] == bracket { return word.extracting(1..<(word.count - 1)).text }
    while let more = fields.next(), more[more.count - 1] != bracket {}
    return word.extracting(1..<word.count).text
  }

  /// What follows the size, in the order in which it comes.
  private struct Words {
    var caller: String?
    var module: String?
    var pages: UInt64?
    var physical: UInt64?
    var flags: Vmallocinfo.Flags = []
    var others: [String] = []
    var nodePages: [Vmallocinfo.NodePages] = []
    private var isFirst = true

    mutating func read(_ word: Span<UInt8>) {
      defer { isFirst = false }
      if let flag = Self.flag(word) {
        flags.insert(flag)
      } else if word.starts(with: "pages="), let number = word.extracting(6..<word.count).decimal {
        pages = number
      } else if word.starts(with: "phys="),
        let address = word.extracting(5..<word.count).hexadecimal
      {
        physical = address
      } else if let node = Self.nodePages(word) {
        nodePages.append(node)
      } else if isFirst, Self.isCaller(word) {
        caller = Self.bare(word).text
      } else if !word.equals("vm_area") || !flags.contains(.unpurged) {
        others.append(word.text)
      }
    }

    private static func flag(_ word: Span<UInt8>) -> Vmallocinfo.Flags? {
      if word.equals("vmalloc") { return .vmalloc }
      if word.equals("ioremap") { return .ioremap }
      if word.equals("vmap") { return .vmap }
      if word.equals("user") { return .user }
      if word.equals("vpages") { return .vpages }
      if word.equals("vm_map_ram") { return .vmMapRam }
      if word.equals("unpurged") { return .unpurged }
      if word.equals("sparse") { return .sparse }
      if word.equals("dma-coherent") { return .dmaCoherent }
      return word.equals("lowmem") ? .lowmem : nil
    }

    /// Reads `N0=4`.
    private static func nodePages(_ word: Span<UInt8>) -> Vmallocinfo.NodePages? {
      guard word[0] == UInt8(ascii: "N"), let equals = word.offset(of: "="),
        let node = word.extracting(1..<equals).decimal.flatMap({ Int(exactly: $0) }),
        let pages = word.extracting((equals + 1)..<word.count).decimal
      else { return nil }
      return Vmallocinfo.NodePages(node: node, pages: pages)
    }

    /// Whether it is `function+0x1/0x2`, an address without a symbol, or a function alone, as other readers
    /// of the kernel's memory print it: whatever else stands behind the size has a sign or is a flag.
    private static func isCaller(_ word: Span<UInt8>) -> Bool {
      word.isSymbol || word.offset(of: "+") != nil
        || (word.starts(with: "0x") && word.hexadecimal != nil)
    }

    /// The caller without the angle brackets of some architectures' old kernels.
    @_lifetime(copy word)
    private static func bare(_ word: Span<UInt8>) -> Span<UInt8> {
      let isBracketed = word[0] == UInt8(ascii: "<") && word[word.count - 1] == UInt8(ascii: ">")
      return isBracketed && word.count > 2 ? word.extracting(1..<(word.count - 1)) : word
    }
  }
}
