internal import KmemIntake
internal import KmemParsers
internal import KmemSnapshot

/// One kernel file outside any tree, or standard input.
struct RawFile {
  let name: String
  let reading: SourceReading
  /// What was mended of its lines, as sentences.
  private let mendings: [String]

  /// The text of that reading, mended.
  init(name: String, reading: SourceReading) {
    self.name = name
    var reading = reading
    let mended = TextMender.mended(reading.bytes)
    if let mended { reading.bytes = mended.text }
    self.reading = reading
    mendings = mended?.remarks.map { "line \($0.line): \($0.reason)" } ?? []
  }

  /// The capture with this one source.
  ///
  /// - Throws: `SourceError` if neither the name nor the contents tell which file it is.
  func capture() throws -> Capture {
    // A file named within a tree says by its path what it is, even when it is empty.
    if let place = EntrySorter().place(of: name), place.rank == .root, !Self.isLog(place.source) {
      return capture(of: place.source)
    }
    let fromName = KernelFileNames.source(
      named: name.split(separator: "/").last.map(String.init) ?? "")
    let fromContents = KernelFileContents.source(of: reading.bytes)
    guard let source = fromContents ?? fromName else { throw refusal }
    // A log in which kmemleak reported is read for the report.
    if let fromName, let fromContents, Self.isLog(fromName) { return capture(of: fromContents) }
    guard let fromName, let fromContents, !Self.agree(fromName, fromContents) else {
      return capture(of: fromName ?? source)
    }
    var capture = capture(of: source)
    capture.remarks.append(
      "the name speaks of \(fromName), but the contents are those of \(fromContents)")
    return capture
  }

  private static func isLog(_ source: String) -> Bool {
    source.hasPrefix("var/log/") || source.contains("dmesg")
  }

  private func capture(of source: String) -> Capture {
    Capture(
      origin: name, kind: .file, sources: [source: reading],
      remarks: (reading.reason.map { [$0] } ?? []) + mendings)
  }

  /// A log may hold a kmemleak report; a configuration may be one of several files.
  private static func agree(_ name: String, _ contents: String) -> Bool {
    name == contents || name.contains("config") && contents.contains("config")
      || name == KmemleakFile.path
  }

  private var refusal: SourceError {
    guard !reading.bytes.isEmpty else {
      return SourceError(.badData, "\(name) is empty")
    }
    return SourceError(
      .badData,
      "\(name) is nothing that kmemcheck understands: neither an archive nor one of "
        + "\(KernelFileNames.understood)")
  }
}
