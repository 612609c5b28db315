internal import KmemSnapshot

/// What a reference turned out to mean.
package struct Resolution: Hashable, Sendable {
  /// Where the capture is.
  package let location: Location
  /// The number of a text's moment, where the reference names one.
  package var moment: Int?
  /// Which capture was taken, as a sentence, where the reference doesn't name it by its path.
  package let note: String?
}

extension Store {
  /// Finds the capture that the user means.
  ///
  /// `now` is the time by the clock of the wall, in seconds since 1970.
  ///
  /// - Throws: `SourceError` if it's mistyped, names nothing, or is both a file and a label.
  package func resolve(_ text: String, now: Double = Manifest.Timestamp.now().wall) throws
    -> Resolution
  {
    switch try SnapshotReference(text) {
    case .now: return Resolution(location: .now, note: nil)
    case .standardInput: return Resolution(location: .standardInput, note: nil)
    case .last(let number): return try newest(number, text)
    case .ago(let seconds): return try before(now - seconds, text)
    case .moment(let number, let name):
      return try moment(number, of: name, text, now: now)
    case .name(let name): return try named(name)
    }
  }

  /// The moment of a text; a file or a label whose whole name looks so comes first.
  private func moment(_ number: Int, of name: String, _ text: String, now: Double) throws
    -> Resolution
  {
    if DirectoryEntry.Kind.exists(text)
      || readable().contains(where: { $0.manifest?.label == text })
    {
      return try named(text)
    }
    var resolution = try resolve(name, now: now)
    resolution.moment = number
    return resolution
  }

  private func readable() -> [StoredCapture] { list().filter { $0.manifest != nil } }

  private func newest(_ number: Int, _ text: String) throws -> Resolution {
    guard let (capture, passed) = newestWhole(number) else {
      let captures = checked().filter { $0.damage == nil }
      throw SourceError(
        .noSuchInput, "\(text) names no capture: \(Self.summary(captures, directories))")
    }
    return Self.taken(capture, for: text, beside: Self.words(passed: passed))
  }

  private func before(_ moment: Double, _ text: String) throws -> Resolution {
    guard let (capture, passed) = newestWhole(1, before: moment) else {
      throw SourceError(
        .noSuchInput,
        "no capture is as old as \"\(text)\": \(Self.summary(readable(), directories))")
    }
    return Self.taken(capture, for: text, beside: Self.words(passed: passed))
  }

  /// A path that exists, or else the newest capture with that label; both must be made clear.
  private func named(_ name: String) throws -> Resolution {
    let isPath = DirectoryEntry.Kind.exists(name)
    guard !name.contains("/") else { return Resolution(location: .path(name), note: nil) }
    let labelled = readable().filter { $0.manifest?.label == name }
    if isPath, labelled.isEmpty { return Resolution(location: .path(name), note: nil) }
    if isPath {
      throw SourceError(
        .usage,
        "\(name) is both a file here and the label of a capture; write ./\(name) for the file or "
          + "\(labelled[0].path) for the capture")
    }
    guard let capture = labelled.first else {
      throw SourceError(
        .noSuchInput,
        "\(name) is neither a file nor the label of a capture: "
          + Self.summary(readable(), directories))
    }
    let others = labelled.count - 1
    return Self.taken(
      capture, for: name,
      beside: others == 0 ? "" : "; \(others) older with that label (kmemcheck list)")
  }

  /// What is said of newer captures that were passed over, as they aren't whole.
  private static func words(passed: Int) -> String {
    switch passed {
    case 0: ""
    case 1: "; a newer one is damaged (kmemcheck list)"
    default: "; \(passed) newer ones are damaged (kmemcheck list)"
    }
  }

  private static func taken(
    _ capture: StoredCapture, for text: String, beside others: String = ""
  ) -> Resolution {
    let time = capture.time.map(Manifest.readableTime) ?? "unknown"
    let label = capture.manifest?.label.map { ", label \($0)" } ?? ""
    return Resolution(
      location: .path(capture.path),
      note: "\(text) is \(capture.path), taken at \(time)\(label)\(others)")
  }

  /// The snapshots that exist, for the sentence which says that the wanted one doesn't.
  private static func summary(_ captures: [StoredCapture], _ directories: [String]) -> String {
    let places = directories.joined(separator: " and ")
    guard let newest = captures.first, let oldest = captures.last else {
      return "no capture lies in \(places); take one with: kmemcheck snap"
    }
    let labels = captures.compactMap { $0.manifest?.label }.prefix(5).joined(separator: ", ")
    let span =
      captures.count == 1
      ? "one capture lies" : "\(captures.count) captures lie"
    let times = [newest, oldest].compactMap(\.time).map(Manifest.readableTime)
    return "\(span) in \(places), the newest of \(times.first ?? "unknown"), the oldest of "
      + "\(times.last ?? "unknown")" + (labels.isEmpty ? "" : ", labels \(labels)")
  }
}

extension DirectoryEntry.Kind {
  /// Whether there is anything at the path, a link to nothing included.
  static func exists(_ path: String) -> Bool {
    Self(of: path) != .other || resolvedPath(path) != nil
  }
}
