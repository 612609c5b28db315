internal import KmemParsers
internal import KmemSnapshot

extension VendorBundle {
  /// The capture's sources in the texts of a bundle, by the texts' names, and what is to be said of
  /// it; nothing if the text with the state of memory is none of this bundle's.
  func contents(of texts: [String: SourceReading]) -> Capture? {
    guard let main = texts.keys.filter(isMain).sorted().first, let text = texts[main],
      isText(text.bytes)
    else { return nil }
    // A text is read here as it is when it's named by itself.
    var capture =
      (try? RawFile(name: main, text: RawText(text)).captures(.last).first)
      ?? Capture(origin: main, kind: .file)
    for name in [main] + others {
      guard let text = texts[name] else { continue }
      capture.sources.merge(facts(in: text)) { own, _ in own }
      if name != main { takeLog(name, text, into: &capture) }
    }
    let read = ([main] + others).filter { texts[$0] != nil }
    capture.remarks.insert("it is \(words), read from \(Self.list(read))", at: 0)
    return capture
  }

  /// Only a log is taken from the other texts: they tell of other moments than the main one.
  private func takeLog(_ name: String, _ text: SourceReading, into capture: inout Capture) {
    let log = KernelFile.kernelLog.path
    guard capture.sources[log] == nil, KernelFileContents.source(of: text.bytes) == log else {
      return
    }
    capture.sources[log] = text
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// What single lines of a text tell of the machine: its name and its kernel's release.
  private func facts(in text: SourceReading) -> [String: SourceReading] {
    let lines = text.bytes.prefix(1 << 20).split(separator: UInt8(ascii: "\n"))
    switch self {
    case .supportconfig:
      // `# /bin/uname -a` stands above what it printed.
      guard let heading = lines.firstIndex(where: { Self.isHeading($0, of: "uname -a") }),
        heading + 1 < lines.count
      else { return [:] }
      let words = lines[heading + 1].split(separator: UInt8(ascii: " "))
      guard words.count > 2, words[0].elementsEqual("Linux".utf8) else { return [:] }
      return [
        KernelFile.hostname.path: Self.reading(words[1]),
        KernelFile.release.path: Self.reading(words[2]),
      ]
    case .bugreport:
      let label = Array("Kernel: ".utf8)
      guard let line = lines.prefix(100).first(where: { $0.starts(with: label) }) else {
        return [:]
      }
      return [KernelVersion.path: Self.reading(line.dropFirst(label.count))]
    }
  }

  private static func isHeading(_ line: ArraySlice<UInt8>, of command: String) -> Bool {
    line.first == UInt8(ascii: "#") && line.suffix(command.utf8.count).elementsEqual(command.utf8)
  }

  private static func reading(_ line: ArraySlice<UInt8>) -> SourceReading {
    SourceReading(outcome: .read, bytes: line + [UInt8(ascii: "\n")])
  }
}
