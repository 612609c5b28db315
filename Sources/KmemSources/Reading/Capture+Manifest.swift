internal import KmemSnapshot

extension Capture {
  /// Reads the manifest of a capture that kmemcheck wrote, and takes from it what became of each
  /// source.
  ///
  /// `parsed` are the members whose texts were let go.
  ///
  /// Only the manifest knows why a source isn't there, and how long reading it took.
  ///
  /// - Throws: `SourceError` if a later version took the capture, in which things may mean something
  ///   else, or if the manifest is damaged.
  mutating func takeManifest(
    leavingOut isLeftOut: (String) -> Bool, _ parsed: [ParsedMember] = []
  ) throws {
    guard let file = sources.removeValue(forKey: Manifest.path) else { return }
    if let schema = Manifest.laterSchema(in: file.bytes) {
      throw SourceError(
        .badData,
        "\(origin) was taken by a newer kmemcheck (\(schema)): read it with that version")
    }
    guard let manifest = try? Manifest(decoding: file.bytes) else {
      throw SourceError(
        .badData,
        "\(origin) is damaged: its manifest can't be understood; take another copy of it, or unpack it "
          + "and remove \(Manifest.path) to read the rest unchecked")
    }
    self.manifest = manifest
    try leaveOutDamaged(manifest: file, isProtected: manifest.isProtected == true, parsed)
    for (path, noted) in manifest.sources where !isLeftOut(path) {
      apply(noted, to: path)
    }
  }

  private mutating func apply(_ noted: Manifest.Source, to path: String) {
    let isExpected = noted.bytes > 0 || noted.outcome == .read
    guard var reading = sources[path] else {
      sources[path] = SourceReading(
        outcome: isExpected ? .failed : noted.outcome,
        reason: isExpected ? "the manifest names it, but it isn't there" : noted.reason,
        milliseconds: noted.milliseconds)
      return
    }
    reading.milliseconds = noted.milliseconds
    reading.rememberedSince = noted.remembered
    guard reading.outcome != .failed else { return }
    if reading.bytes.count < noted.bytes {
      reading.outcome = .truncated
      reading.reason = "only \(reading.bytes.count) of its \(noted.bytes) bytes are there"
    } else if reading.outcome == .read {
      reading.outcome = noted.outcome
      reading.reason = noted.reason
      if reading.bytes.count > noted.bytes {
        remarks.append("\(path) has more bytes than the manifest says: it was changed afterwards")
      }
    }
    sources[path] = reading
  }
}
