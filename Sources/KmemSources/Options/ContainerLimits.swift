/// How much is taken from a tree or an archive that may come from a stranger.
package struct ContainerLimits: Hashable, Sendable {
  /// The most bytes kept of one file.
  package var fileBytes = 256 << 20
  /// The most bytes kept of all files.
  package var totalBytes = 1 << 30
  /// The most bytes kept of a text's moments, besides the first, the last and the one asked for.
  package var momentBytes = 64 << 20
  /// The most entries that are looked at.
  package var entries = 1_000_000
  /// How many archives may lie within each other.
  package var nesting = 2
  /// The most bytes unpacked, kept or not.
  package var unpackedBytes = 64 << 30
  /// How many times larger than the archive its contents may be, beyond the first 256 MiB.
  package var ratio = 1000
  /// How many folders below the given one a root is looked for.
  package var depth = 8

  /// Folders below the root of which nothing is taken, with a slash at their end.
  package var passedOver: [String] = []

  /// Whether files of processes are parsed as they come out of an archive, and their texts let go.
  package var parsesProcesses = false

  /// The limits that kmemcheck keeps to.
  package init() {}

  /// Whether nothing is taken of the source.
  func passesOver(_ source: String) -> Bool { passedOver.contains { source.hasPrefix($0) } }
}
