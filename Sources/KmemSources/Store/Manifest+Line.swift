internal import KmemSnapshot

/// What lists need of a manifest, as one line: to decode a thousand manifests takes half a second.
extension Manifest {
  /// Fields between tabs: version, times, whether it's redacted, and the texts; an empty field is
  /// one that isn't there, any other begins with a mark.
  var line: String? {
    let times = [start.wall, start.boot, end.wall, end.boot].map { $0.map { "\($0)" } ?? "" }
    let flags = isRedacted.map { $0 ? "1" : "0" } ?? ""
    let texts = [label, hostname, machineID, bootID, kernelRelease].map {
      $0.map { "=\($0)" } ?? ""
    }
    let fields = [tool] + times + [flags] + texts
    // Nobody's label has a tab or a line's end; one that had would be read from its manifest.
    guard !fields.contains(where: { $0.utf8.contains { $0 < 32 } }) else { return nil }
    return fields.joined(separator: "\t")
  }

  /// Reads such a line; nothing if it's another.
  init?(line: ArraySlice<UInt8>) {
    let fields = line.split(separator: 9, omittingEmptySubsequences: false)
    func number(_ index: Int) -> Double? { Double(String(decoding: fields[index], as: UTF8.self)) }
    func text(_ index: Int) -> String? {
      let field = fields[index]
      return field.isEmpty ? nil : String(decoding: field.dropFirst(), as: UTF8.self)
    }
    guard fields.count == 11, let start = number(1), let end = number(3) else { return nil }
    self.init(
      tool: String(decoding: fields[0], as: UTF8.self),
      start: Timestamp(wall: start, boot: number(2)), end: Timestamp(wall: end, boot: number(4)))
    isRedacted = fields[5].isEmpty ? nil : fields[5].elementsEqual("1".utf8)
    label = text(6)
    hostname = text(7)
    machineID = text(8)
    bootID = text(9)
    kernelRelease = text(10)
  }
}
