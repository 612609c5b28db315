internal import KmemParsers
package import KmemSnapshot

/// Replaces by pseudonyms what in a capture is somebody's, before it's given away.
///
/// Which fields those are is told by each file's declaration (`Secrets`). What isn't in the catalog of
/// sources is left out.
package struct Redaction {
  var pseudonyms: Pseudonyms
  var facts: RedactionFacts
  /// The names of the capture's kernel threads, which the kernel gave.
  var kernelThreads: Set<String> = []

  /// A redaction whose pseudonyms are those of the key; without one, of no other redaction.
  package init(key: RedactionKey = RedactionKey()) {
    pseudonyms = Pseudonyms(key)
    facts = RedactionFacts(key: pseudonyms.keyWord)
  }

  /// The capture under pseudonyms, with a manifest that says what was replaced.
  package mutating func redacted(_ capture: Capture) -> Capture {
    kernelThreads = Self.kernelThreads(of: capture)
    var result = capture
    result.sources = [:]
    result.links = [:]
    for (path, reading) in capture.sources.sorted(by: { $0.key < $1.key }) {
      guard let member = member(path, reading) else { continue }
      result.sources[member.path] = member.reading
    }
    for (path, target) in capture.links where spec(path) != nil {
      result.links[self.path(path)] = PathNames.ofCaches(target, &pseudonyms)
    }
    result.manifest = capture.manifest.map { manifest($0, result.sources) }
    return result
  }

  /// The member under pseudonyms, and where it lies then; nothing if it is left out.
  private mutating func member(_ path: String, _ reading: SourceReading)
    -> (path: String, reading: SourceReading)?
  {
    let place = self.path(path)
    var reading = reading
    reading.reason = Self.plain(reading.reason)
    guard reading.outcome == .read || !reading.bytes.isEmpty else {
      return spec(path) == nil ? nil : (place, reading)
    }
    guard let spec = spec(path), spec.secrets != .everything, isUnderstood(path, reading.bytes)
    else {
      facts.leftOut.append(place)
      let isListed = spec(path) != nil && Capture.process(of: path) == nil
      return isListed ? (place, Self.takenOut) : nil
    }
    let text = replaced(reading.bytes, spec.secrets, place)
    guard !text.isEmpty || reading.bytes.isEmpty else {
      facts.leftOut.append(place)
      return (place, Self.takenOut)
    }
    reading.bytes = text
    return (place, reading)
  }

  private static let takenOut = SourceReading(
    outcome: .skipped, reason: "taken out by redaction")

  /// Where and how the catalog has the file.
  private func spec(_ path: String) -> SourceSpec? {
    if let spec = Self.literal[path] { return spec }
    let components = path.split(separator: "/")
    return Self.patterns.first { $0.pattern.matches(components) }
  }

  private static let literal = Dictionary(
    (SourceCatalog.tree.specs + SourceCatalog.specs(KernelFiles.all))
      .filter { $0.pattern.isLiteral }.map { ($0.pattern.text, $0) }
  ) { first, _ in first }

  private static let patterns = SourceCatalog.tree.specs.filter { !$0.pattern.isLiteral }

  /// Whether the file's parser takes the text; whatever is no such file may be anything.
  private func isUnderstood(_ path: String, _ bytes: [UInt8]) -> Bool {
    guard let file = KernelFiles.parsed.first(where: { $0.path == path }) else { return true }
    return (try? file.init(parsing: bytes.span)) != nil
  }

  /// The path under pseudonyms: those of control groups, and their names in caches' names.
  mutating func path(_ path: String) -> String {
    let root = CgroupFiles.root + "/"
    guard path.hasPrefix(root) else {
      return spec(path) == nil || spec(path)?.secrets == .everything && path.hasPrefix("kmemcheck/")
        ? PathNames.replaced(path, &pseudonyms) : PathNames.ofCaches(path, &pseudonyms)
    }
    let parts = path.dropFirst(root.count).split(separator: "/")
    let groups = parts.dropLast().map { PathNames.replaced($0, &pseudonyms) }
    return root + (groups + parts.suffix(1).map(String.init)).joined(separator: "/")
  }

  /// A reason that names nothing: an error's text or a number of files.
  private static func plain(_ reason: String?) -> String? {
    reason.flatMap { $0.contains("/") || $0.contains("'") || $0.contains("\"") ? nil : $0 }
  }

  private static func kernelThreads(of capture: Capture) -> Set<String> {
    var names: Set<String> = []
    for (path, reading) in capture.sources
    where path.hasSuffix("/stat") && Capture.process(of: path) != nil {
      guard let stat = try? ProcStat(parsing: reading.bytes.span), stat.isKernelThread else {
        continue
      }
      names.insert(stat.comm)
    }
    return names
  }
}
