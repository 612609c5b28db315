/// One frame of an allocation stack, as `%pS` prints it or `scripts/decode_stacktrace.sh` decodes it.
package struct KmemleakFrame: Hashable, Sendable {
  /// The function; nothing for a bare address, whose module is gone or has no symbols.
  package let symbol: String?
  /// The function's module; nothing for the kernel itself.
  package let module: String?
  private let beyond: Beyond
  /// The place in the function, or else the bare address; 0 where there is neither.
  private let place: UInt64
  private let size: UInt32
  private let parts: Parts

  /// Which numbers a frame has, and what else is said of it.
  private struct Parts: OptionSet, Hashable {
    let rawValue: UInt8

    static let offset = Parts(rawValue: 1)
    static let length = Parts(rawValue: 2)
    static let address = Parts(rawValue: 4)
    static let inline = Parts(rawValue: 8)
  }

  /// What few frames have: a report may have a million distinct ones, and each takes 56 bytes so, 104 otherwise.
  private indirect enum Beyond: Hashable {
    case nothing
    case this(source: String?, length: UInt64?)
  }

  /// The address within the function, in bytes from its beginning.
  package var offset: UInt64? { parts.contains(.offset) ? place : nil }
  /// The function's size in bytes.
  package var length: UInt64? {
    if case .this(_, let length?) = beyond { return length }
    return parts.contains(.length) ? UInt64(size) : nil
  }
  /// The bare address; the one in `[<…>]` is hashed on most kernels, and never kept.
  package var address: UInt64? { parts.contains(.address) ? place : nil }
  /// The line of source in a decoded text: `fs/namespace.c:2818`.
  package var source: String? {
    guard case .this(let source, _) = beyond else { return nil }
    return source
  }
  /// Whether the compiler put the function into the one that follows.
  package var isInline: Bool { parts.contains(.inline) }

  /// A frame of those parts; one with a place in a function has no bare address.
  package init(
    symbol: String?, offset: UInt64? = nil, length: UInt64? = nil, module: String? = nil,
    address: UInt64? = nil, source: String? = nil, isInline: Bool = false
  ) {
    self.symbol = symbol
    self.module = module
    place = offset ?? address ?? 0
    var parts: Parts = isInline ? .inline : []
    if offset != nil { parts.insert(.offset) } else if address != nil { parts.insert(.address) }
    let short = length.flatMap(UInt32.init(exactly:))
    if short != nil { parts.insert(.length) }
    size = short ?? 0
    let long = short == nil ? length : nil
    beyond = source == nil && long == nil ? .nothing : .this(source: source, length: long)
    self.parts = parts
  }

  /// The frame as the kernel prints it, with the line of source behind it.
  package var text: String {
    var text = symbol ?? address.map { "0x" + String($0, radix: 16) } ?? "?"
    if let offset, let length {
      // An interpolation makes two strings more: that was a thirtieth of a long document of stacks.
      text.reserveCapacity(text.utf8.count + 32)
      text += "+0x"
      text += String(offset, radix: 16)
      text += "/0x"
      text += String(length, radix: 16)
    }
    if let module { text += " [\(module)]" }
    if let source { text += " \(source)" }
    return isInline ? text + " [inline]" : text
  }

  /// Whether this is ULONG_MAX, which kernels up to 5.1 put after the last frame.
  var isEndMarker: Bool { address == .max || address == 0xffff_ffff }
}

extension KmemleakFrame {
  /// Reads a line that is one function alone, as `%pS` prints it, such as a slab cache's `ctor`.
  package init?(line: Span<UInt8>) { self.init(line.trimmed(), isSure: true) }

  /// Reads a frame's text without its `[<address>]`.
  ///
  /// `isSure` says that an address stood before it; without one, the text must look like a frame.
  init?(_ text: Span<UInt8>, isSure: Bool) {
    var words = Fields(text)
    guard let first = words.next() else { return nil }
    if first.starts(with: "0x") {
      guard let address = first.hexadecimal else { return nil }
      let module = Self.module(words.rest)
      guard words.isAtEnd || module != nil || isSure else { return nil }
      self.init(symbol: nil, module: module, address: address)
      return
    }
    let place = Place(first)
    let trailer = Trailer(words.rest)
    guard let place else { return nil }
    if place.offset == nil {
      guard isSure || trailer.source != nil && !trailer.isNote else { return nil }
    } else {
      guard isSure || trailer.isWhole else { return nil }
    }
    self.init(
      symbol: place.symbol, offset: place.offset, length: place.length, module: trailer.module,
      source: trailer.source, isInline: trailer.isInline)
  }

  /// Reads a frame that was cut in its numbers, as where a paste ends: `kmem_cache_alloc+0x1`.
  init?(cut text: Span<UInt8>) {
    guard let plus = text.offset(of: "+0"), text.count - plus < 24 else { return nil }
    let name = text.extracting(0..<plus)
    guard name.isSymbol else { return nil }
    for index in (plus + 2)..<text.count
    where text[index].hexDigit == nil && text[index] != UInt8(ascii: "x")
      && text[index] != UInt8(ascii: "/")
    {
      return nil
    }
    self.init(symbol: name.text)
  }

  /// The name in `[ext4]`, without the build id that some kernels print behind it.
  fileprivate static func module(_ text: Span<UInt8>) -> String? {
    guard text.count > 2, text[0] == UInt8(ascii: "["), text[text.count - 1] == UInt8(ascii: "]")
    else { return nil }
    var words = Fields(text.extracting(1..<(text.count - 1)))
    guard let name = words.next(), name.isModuleName else { return nil }
    return name.text
  }
}

/// `function+0x1c/0x40`, or a function alone.
private struct Place {
  let symbol: String
  var offset: UInt64?
  var length: UInt64?

  init?(_ word: Span<UInt8>) {
    guard let plus = word.offset(of: "+0x") else {
      guard word.isSymbol else { return nil }
      symbol = word.text
      return
    }
    let name = word.extracting(0..<plus)
    let numbers = word.extracting((plus + 1)..<word.count)
    let slash = numbers.offset(ofByte: UInt8(ascii: "/"))
    guard name.isSymbol, slash < numbers.count,
      let offset = numbers.extracting(0..<slash).hexadecimal,
      let length = numbers.extracting((slash + 1)..<numbers.count).hexadecimal
    else { return nil }
    symbol = name.text
    self.offset = offset
    self.length = length
  }
}

/// What stands behind the function: module, line of source, `[inline]`, in any order.
private struct Trailer {
  var module: String?
  var source: String?
  var isInline = false
  /// Whether it's addr2line's note on the frame before: `kvm_init at virt/kvm/kvm_main.c:12`.
  var isNote = false
  /// Whether nothing else stands there.
  var isWhole = true

  init(_ text: Span<UInt8>) {
    var words = Fields(text)
    while let word = words.next() { read(word, &words) }
  }

  private mutating func read(_ word: Span<UInt8>, _ words: inout Fields) {
    if word.equals("[inline]") {
      isInline = true
    } else if word[0] == UInt8(ascii: "[") {
      // `[module buildid]` is two words.
      let inner = word.extracting(1..<word.count)
      let end = inner.offset(ofByte: UInt8(ascii: "]"))
      if end == inner.count { _ = words.next() }
      let name = inner.extracting(0..<end)
      module = name.isModuleName ? name.text : module
    } else if let place = Self.source(word) {
      source = source ?? place
    } else if word.starts(with: "(discriminator") || word.starts(with: "(?") {
      _ = words.next()
    } else {
      isNote = isNote || word.equals("at")
      isWhole = false
    }
  }

  /// `fs/super.c:12`, also in parentheses.
  private static func source(_ word: Span<UInt8>) -> String? {
    var (start, end) = (0, word.count)
    if word[start] == UInt8(ascii: "(") { start += 1 }
    while end > start, word[end - 1] == UInt8(ascii: ")") { end -= 1 }
    var digits = end
    while digits > start, Ascii.isDigit(word[digits - 1]) { digits -= 1 }
    guard digits < end, digits > start + 1, word[digits - 1] == Ascii.colon,
      word.extracting(start..<digits).contains(UInt8(ascii: "."))
    else { return nil }
    return word.extracting(start..<end).text
  }
}

extension Span<UInt8> {
  /// Whether the bytes can be the name of a module.
  fileprivate var isModuleName: Bool {
    guard !isEmpty else { return false }
    for index in indices where !Ascii.isWord(self[index]) && self[index] != UInt8(ascii: "-") {
      return false
    }
    return true
  }

  /// Whether the bytes can be a function's name, with `.constprop.0` or powerpc's dot before it.
  var isSymbol: Bool {
    guard !isEmpty, !Ascii.isDigit(self[0]) else { return false }
    for index in indices
    where !Ascii.isWord(self[index]) && self[index] != UInt8(ascii: ".")
      && self[index] != UInt8(ascii: "$")
    { return false }
    return true
  }
}
