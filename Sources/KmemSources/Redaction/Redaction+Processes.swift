internal import KmemParsers

extension Redaction {
  /// The fields of `stat` that are addresses, counted as the manual page does, from 1.
  private static let addressFields: Set<Int> = [26, 27, 28, 29, 30, 45, 46, 47, 48, 49, 50, 51]

  mutating func processStat(_ line: String) -> String? {
    guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")"), open < close
    else { return nil }
    let fields = line[close...].dropFirst().split(separator: " ").enumerated().map {
      Self.addressFields.contains($0.offset + 3) ? "0" : String($0.element)
    }
    let name = line[line.index(after: open)..<close]
    return line[...open] + KernelLineForms.comm(name, kernelThreads, &pseudonyms)
      + ") " + fields.joined(separator: " ")
  }

  mutating func processStatus(_ line: String) -> String? {
    let name = "Name:\t"
    guard line.hasPrefix(name) else { return line }
    return name + KernelLineForms.comm(line.dropFirst(name.count), kernelThreads, &pseudonyms)
  }

  /// Each argument under a pseudonym; the first, the program's path, component by component.
  mutating func commandLine(_ bytes: [UInt8]) -> [UInt8] {
    let words = bytes.split(separator: 0, omittingEmptySubsequences: false)
    let replaced = words.enumerated().map { index, word -> String in
      let text = String(decoding: word, as: UTF8.self)
      return index == 0
        ? PathNames.replaced(text, &pseudonyms) : pseudonyms.word(.argument, text)
    }
    return Array(replaced.joined(separator: "\0").utf8)
  }

  /// The text with mappings at addresses that tell their sizes and which of them touch.
  mutating func mappings(_ text: String) -> String {
    var next: UInt64 = 0x10000
    var end: UInt64?
    var result = ""
    for line in text.split(separator: "\n") {
      if line.firstIndex(of: "-") != nil, let mapping = Self.mapping(String(line)) {
        if mapping.start != end { next &+= 0x1000 }
        end = mapping.end
        let size = mapping.end &- mapping.start
        result += header(mapping, next, next &+ size)
        next = next &+ size
      } else if line.contains(":") {
        result += line
      } else {
        continue
      }
      result += "\n"
    }
    return result
  }

  private static func mapping(_ line: String) -> Smaps.Mapping? {
    let bytes = Array("\(line)\n".utf8)
    return (try? Smaps(parsing: bytes.span))?.mappings.first
  }

  private mutating func header(_ mapping: Smaps.Mapping, _ start: UInt64, _ end: UInt64) -> String {
    let path =
      mapping.path.hasPrefix("[")
      ? PathNames.bracketed(mapping.path, &pseudonyms)
      : PathNames.replaced(mapping.path, &pseudonyms)
    func hex(_ number: UInt64) -> String {
      let text = String(number, radix: 16)
      return String(repeating: "0", count: max(0, 8 - text.count)) + text
    }
    return "\(hex(start))-\(hex(end)) \(mapping.permissions) \(hex(mapping.offset)) "
      + "\(mapping.device) \(mapping.inode) \(path)"
  }
}
