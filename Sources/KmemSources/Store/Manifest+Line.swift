internal import KmemSnapshot

/// What lists need of a manifest, as one line: to decode a thousand manifests takes half a second.
extension Manifest {
  private static var texts: [WritableKeyPath<Manifest, String?>] {
    [\.label, \.hostname, \.machineID, \.bootID, \.kernelRelease]
  }

  /// Fields between tabs: version, times, whether it's redacted, and the texts; an empty field is
  /// one that isn't there, any other begins with a mark.
  var line: String? {
    let times = [start.wall, start.boot, end.wall, end.boot].map { $0.map { "\($0)" } ?? "" }
    let flags = isRedacted.map { $0 ? "1" : "0" } ?? ""
    let texts = Self.texts.map { self[keyPath: $0].map { "=\($0)" } ?? "" }
    let fields = [tool] + times + [flags] + texts
    // Nobody's label has a tab or a line's end; one that had would be read from its manifest.
    guard !fields.contains(where: { $0.utf8.contains { $0 < 32 } }) else { return nil }
    return fields.joined(separator: "\t")
  }

  /// Reads such a line; nothing if it's another.
  init?(line: String) {
    let fields = line.utf8.split(separator: 9, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard fields.count == 6 + Self.texts.count, let start = Double(fields[1]),
      let end = Double(fields[3])
    else { return nil }
    self.init(
      tool: fields[0], start: Timestamp(wall: start, boot: Double(fields[2])),
      end: Timestamp(wall: end, boot: Double(fields[4])))
    isRedacted = fields[5].isEmpty ? nil : fields[5] == "1"
    for (path, field) in zip(Self.texts, fields.dropFirst(6)) where !field.isEmpty {
      self[keyPath: path] = String(field.dropFirst())
    }
  }
}
