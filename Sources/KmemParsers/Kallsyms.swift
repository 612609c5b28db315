/// Functions by address, from `/proc/kallsyms`.
///
/// Written by `kernel/kallsyms.c`: address, type, name, and the module in brackets. Addresses show as
/// zeros to readers without CAP_SYSLOG, and to all with `kptr_restrict=2`.
package struct Kallsyms: Hashable, Sendable {
  /// A function in which an address lies.
  package struct Function: Hashable, Sendable {
    /// The function's name.
    package let name: String
    /// Where it begins.
    package let start: UInt64
    /// Where the next one begins; nil behind the last.
    package let end: UInt64?
    /// The module's name; nil for the kernel itself.
    package let module: String?
  }

  /// The functions by the addresses that were asked about; one that lies in none is missing.
  package private(set) var functions: [UInt64: Function] = [:]
  /// Whether the text has functions, and shows all of their addresses as zeros.
  package private(set) var hidesAddresses = false

  /// Looks the addresses up in the contents of the file, which has no order that could be relied on.
  package init(addresses: Set<UInt64>, in text: Span<UInt8>) {
    let wanted = addresses.sorted()
    guard !wanted.isEmpty else { return }
    var search = Search(wanted)
    var lines = Lines(text)
    var hasCode = false
    while let line = lines.next() {
      guard let (address, name) = Self.head(line) else { continue }
      hasCode = true
      guard address != 0 else { continue }
      search.see(address, line.extracting(name..<line.count))
    }
    hidesAddresses = hasCode && search.isBlind
    functions = search.functions
  }

  /// Goes through the functions of modules: address, name, module.
  package static func eachModuleFunction(
    in text: Span<UInt8>, _ body: (UInt64, String, String) -> Void
  ) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard line.count > 0, line[line.count - 1] == UInt8(ascii: "]"),
        let (address, name) = head(line)
      else { continue }
      let function = Function(line.extracting(name..<line.count).text, start: address, end: nil)
      if address != 0, let module = function.module { body(address, function.name, module) }
    }
  }

  /// The address at the beginning of a function's line (`t`, `T`, `w`, `W`), and where its name begins.
  private static func head(_ line: Span<UInt8>) -> (address: UInt64, name: Int)? {
    let blank = line.offset(ofByte: Ascii.space)
    guard blank > 0, blank + 2 < line.count,
      let address = line.extracting(0..<blank).hexadecimal
    else { return nil }
    let type = line[blank + 1] | 0x20
    guard type == UInt8(ascii: "t") || type == UInt8(ascii: "w") else { return nil }
    return (address, blank + 2)
  }

  /// The nearest functions before and behind each wanted address.
  private struct Search {
    private let wanted: [UInt64]
    private var starts: [UInt64]
    private var names: [String]
    private var ends: [UInt64]
    private(set) var isBlind = true

    init(_ wanted: [UInt64]) {
      self.wanted = wanted
      starts = Array(repeating: 0, count: wanted.count)
      names = Array(repeating: "", count: wanted.count)
      ends = Array(repeating: .max, count: wanted.count)
    }

    mutating func see(_ address: UInt64, _ name: Span<UInt8>) {
      isBlind = false
      let place = firstIndex(from: address)
      if place < wanted.count, address > starts[place] {
        starts[place] = address
        names[place] = name.text
      }
      if place > 0 { ends[place - 1] = min(ends[place - 1], address) }
    }

    /// The first wanted address that isn't below this one.
    private func firstIndex(from address: UInt64) -> Int {
      var (low, high) = (0, wanted.count)
      while low < high {
        let middle = (low + high) / 2
        if wanted[middle] < address { low = middle + 1 } else { high = middle }
      }
      return low
    }

    var functions: [UInt64: Function] {
      var (start, name) = (UInt64(0), "")
      var found: [(UInt64, UInt64, String)] = []
      for (index, address) in wanted.enumerated() {
        if starts[index] > start { (start, name) = (starts[index], names[index]) }
        found.append((address, start, name))
      }
      var end = UInt64.max
      var functions: [UInt64: Function] = [:]
      for (index, (address, start, name)) in found.enumerated().reversed() {
        end = min(end, ends[index])
        guard start > 0 else { continue }
        functions[address] = Function(name, start: start, end: end == .max ? nil : end)
      }
      return functions
    }
  }
}

extension Kallsyms.Function {
  /// Takes `name` or `name[TAB][module]` apart.
  fileprivate init(_ text: String, start: UInt64, end: UInt64?) {
    let parts = text.split(whereSeparator: \.isWhitespace)
    name = parts.first.map(String.init) ?? "?"
    module = parts.dropFirst().first.map { String($0.drop { $0 == "[" }.prefix { $0 != "]" }) }
    self.start = start
    self.end = end
  }
}
