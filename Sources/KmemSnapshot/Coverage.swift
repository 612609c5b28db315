/// How many of the sources that were tried could be read, and what became of the others.
package struct Coverage: Hashable, Sendable {
  /// How many sources were read whole.
  package let read: Int
  /// The sources that exist but could not be read whole, by path, with what became of them.
  package let notRead: [Gap]

  /// A source that could not be read whole.
  package struct Gap: Hashable, Sendable {
    /// The source's path below the root.
    package let path: String
    /// What became of it.
    package let outcome: Outcome
    /// The reason in words, such as the error's text.
    package let reason: String?
  }

  init(_ capture: Capture) {
    var outcomes = (capture.manifest?.sources ?? [:]).mapValues { ($0.outcome, $0.reason) }
    // Processes have a coverage of their own.
    for (path, reading) in capture.sources
    where outcomes[path] == nil && Capture.process(of: path) == nil {
      outcomes[path] = (reading.outcome, reading.reason)
    }
    read = outcomes.count { $0.value.0 == .read }
    notRead =
      outcomes
      .filter { $0.value.0 != .read && $0.value.0 != .absent }
      .map { Gap(path: $0.key, outcome: $0.value.0, reason: $0.value.1) }
      .sorted { $0.path < $1.path }
  }

  /// How many sources met that outcome.
  package func count(_ outcome: Outcome) -> Int { notRead.count { $0.outcome == outcome } }
}
