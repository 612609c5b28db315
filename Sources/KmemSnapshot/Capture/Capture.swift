/// The raw bytes of sources read at one moment, each with what became of it.
///
/// Paths are those below the root, without a leading slash: `proc/meminfo`.
package struct Capture: Hashable, Sendable {
  /// Where it comes from, as the user would name it: `live kernel`, or a path.
  package var origin: String
  /// The form in which the sources were found.
  package var kind: Kind
  /// The manifest; nil for trees and archives that kmemcheck didn't write.
  package var manifest: Manifest?
  /// What was read of each source, by its path.
  package var sources: [String: SourceReading]
  /// What files of processes tell whose texts weren't kept; others are among the sources.
  package var processes = ParsedProcesses()
  /// Symbolic links by path, with their target as text: `sys/kernel/slab/dentry` → `:aA-0000192`.
  package var links: [String: String]
  /// What was odd about the container, as sentences: entries cut, limits reached, checksums wrong.
  package var remarks: [String]
  /// Which moment of a text it is; nothing for what isn't taken out of a text.
  package var textMoment: TextMoment?

  /// The form in which the sources were found.
  package enum Kind: String, Hashable, Sendable {
    case live, directory, archive, file
  }

  /// A capture of those sources.
  package init(
    origin: String, kind: Kind, manifest: Manifest? = nil,
    sources: [String: SourceReading] = [:], links: [String: String] = [:], remarks: [String] = []
  ) {
    self.origin = origin
    self.kind = kind
    self.manifest = manifest
    self.sources = sources
    self.links = links
    self.remarks = remarks
  }

  /// What became of the source; `absent` if the capture says nothing about it.
  package subscript(path: String) -> SourceReading {
    if let reading = sources[path] { return reading }
    if let noted = manifest?.sources[path] {
      return SourceReading(
        outcome: noted.outcome, reason: noted.reason, milliseconds: noted.milliseconds)
    }
    return SourceReading(outcome: .absent)
  }
}
