extension ProgramFrame {
  /// A frame of Valgrind: `malloc (in /usr/lib/…/vgpreload_memcheck-amd64-linux.so)`, `main (a.c:5)`.
  init(valgrind text: Span<UInt8>) {
    self.init()
    let text = text.trimmed()
    var end = text.count
    if end > 0, text[end - 1] == UInt8(ascii: ")"), let open = text.openingParenthesis {
      let isPlace = open == 0 || Ascii.isBlank(text[open - 1])
      if isPlace, readPlace(text.extracting((open + 1)..<(end - 1))) { end = open }
    } else if let open = text.startOfCutPlace {
      end = open
    }
    setFunction(text.extracting(0..<end))
  }

  /// A frame of a sanitizer, behind its number and address: `in main /src/a.c:5:3`,
  /// ` (/usr/lib/libc.so.6+0x271c9) (BuildId: …)`.
  init(sanitizer text: Span<UInt8>) {
    self.init()
    var text = text.trimmed()
    for note: StaticString in ["(BuildId:", " (discriminator "] {
      if let start = text.offset(of: note) { text = text.extracting(0..<start).trimmed() }
    }
    if let place = text.offset(of: " <<"), let plus = text.offset(of: ">>+0x", from: place) {
      (object, offset) = (text.string(place + 3, plus), text.string(plus + 3, text.count))
      text = text.extracting(0..<place).trimmed()
    }
    let named = text.starts(with: "in ")
    if named { text = text.extracting(3..<text.count) }
    if text.count > 0, text[text.count - 1] == UInt8(ascii: ")"),
      let open = text.openingParenthesis,
      open == 0 || Ascii.isBlank(text[open - 1]),
      readObject(text.extracting((open + 1)..<(text.count - 1)))
    {
      setFunction(text.extracting(0..<open))
      return
    }
    let place = text.placeOfSource
    if let place { readSource(text.extracting(place..<text.count)) }
    setFunction(text.extracting(0..<(place ?? text.count)))
  }

  private mutating func setFunction(_ text: Span<UInt8>) {
    let text = text.trimmed()
    guard !text.isEmpty, !text.equals("???"), !text.equals("??"), !text.equals("<unknown>"),
      !text.equals("<null>")
    else { return }
    // macOS and bcc put the place in the function behind its name: `main+0x12`.
    if let plus = text.lastOffset(ofByte: UInt8(ascii: "+"), before: text.count), plus > 0,
      text.endOfAddress(at: plus + 1) == text.count
    {
      function = text.string(0, plus)
    } else {
      function = text.text
    }
  }

  /// What Valgrind puts in parentheses: `in OBJECT`, `within OBJECT`, `a.c:5`.
  private mutating func readPlace(_ place: Span<UInt8>) -> Bool {
    for word: StaticString in ["in ", "within "] where place.starts(with: word) {
      object = place.string(word.utf8CodeUnitCount, place.count)
      return true
    }
    guard let colon = place.lastOffset(ofByte: Ascii.colon, before: place.count), colon > 0,
      let line = place.extracting((colon + 1)..<place.count).decimal
    else { return false }
    file = place.string(0, colon)
    self.line = Int(clamping: line)
    return true
  }

  /// What a sanitizer puts in parentheses: `OBJECT+0x12`, `??`, `<unknown module>`.
  private mutating func readObject(_ place: Span<UInt8>) -> Bool {
    if place.equals("??") || place.equals("<unknown module>") { return true }
    guard let plus = place.lastOffset(ofByte: UInt8(ascii: "+"), before: place.count), plus > 0,
      place.endOfAddress(at: plus + 1) != nil
    else {
      let isFile = place.starts(with: "/") || place.offset(of: ".so") != nil
      if isFile { object = place.text }
      return isFile
    }
    object = place.string(0, plus)
    offset = place.string(plus + 1, place.count)
    return true
  }

  /// `/src/a.c:5:3`, with or without a column, or `??:?`.
  mutating func readSource(_ place: Span<UInt8>) {
    guard !place.starts(with: "??") else { return }
    var end = place.count
    var numbers: [UInt64] = []
    while numbers.count < 2, let colon = place.lastOffset(ofByte: Ascii.colon, before: end),
      let number = place.extracting((colon + 1)..<end).decimal
    {
      numbers.append(number)
      end = colon
    }
    file = place.string(0, end)
    line = numbers.last.map { Int(clamping: $0) }
  }
}

extension Span<UInt8> {
  /// Where the parenthesis opens that the last byte closes.
  fileprivate var openingParenthesis: Int? {
    var (depth, offset) = (0, count)
    while offset > 0 {
      offset -= 1
      if self[offset] == UInt8(ascii: ")") { depth += 1 }
      if self[offset] == UInt8(ascii: "(") { depth -= 1 }
      if depth == 0 { return offset }
    }
    return nil
  }

  /// Where a place begins that was cut before its parenthesis: `xmlStrndup (in /usr/lib`.
  fileprivate var startOfCutPlace: Int? {
    guard let open = lastOffset(ofByte: UInt8(ascii: "("), before: count), open > 0,
      Ascii.isBlank(self[open - 1]), offset(ofByte: UInt8(ascii: ")"), from: open) == count,
      !holds("(anonymous", at: open)
    else { return nil }
    return open
  }

  /// Where a file of source begins at the end, `/src/a.c:5` or `??:?`: names of functions have blanks
  /// too, and files of source have a line or a path.
  fileprivate var placeOfSource: Int? {
    var (start, end) = (count, count)
    while end > 0 {
      start = lastOffset(ofByte: Ascii.space, before: end).map { $0 + 1 } ?? 0
      let word = extracting(start..<end)
      // A path may have blanks; what begins like one is taken whole.
      let isPath = word.starts(with: "/") || word.starts(with: "../") || word.starts(with: "./")
      if isPath || end == count && word.isSource { return start }
      if word.contains(UInt8(ascii: ")")) || word.contains(UInt8(ascii: ">")) { return nil }
      end = start - 1
    }
    return nil
  }

  /// Whether a word ends like a place in a file: `a.c:5`, `??:?`.
  private var isSource: Bool {
    if starts(with: "??") { return true }
    guard let colon = lastOffset(ofByte: Ascii.colon, before: count), colon > 0,
      self[colon - 1] != Ascii.colon
    else { return false }
    return extracting((colon + 1)..<count).decimal != nil
  }
}
