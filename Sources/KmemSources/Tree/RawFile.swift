internal import KmemSnapshot

/// One kernel file outside any tree, or standard input.
struct RawFile {
  let name: String
  let reading: SourceReading

  /// The capture with this one source.
  ///
  /// - Throws: `SourceError` if neither the name nor the contents tell which file it is.
  func capture() throws -> Capture {
    let fromName = KernelFile.source(
      named: name.split(separator: "/").last.map(String.init) ?? name)
    let fromContents = KernelFileContents.source(of: reading.bytes)
    guard let source = fromContents ?? fromName else { throw refusal }
    var capture = Capture(origin: name, kind: .file, sources: [source: reading])
    if let fromName, let fromContents, !Self.agree(fromName, fromContents) {
      capture.remarks.append(
        "the name speaks of \(fromName), but the contents are those of \(fromContents)")
    } else if let fromName {
      capture.sources = [fromName: reading]
    }
    if reading.outcome == .truncated, let reason = reading.reason {
      capture.remarks.append(reason)
    }
    return capture
  }

  /// A log may hold a kmemleak report; a configuration may be one of several files.
  private static func agree(_ name: String, _ contents: String) -> Bool {
    name == contents || name.contains("config") && contents.contains("config")
      || name == "sys/kernel/debug/kmemleak"
  }

  private var refusal: SourceError {
    guard !reading.bytes.isEmpty else {
      return SourceError(.badData, "\(name) is empty")
    }
    return SourceError(
      .badData,
      "\(name) is nothing that kmemcheck understands: neither an archive nor one of "
        + "\(KernelFile.understood)")
  }
}
