/// Finds the files of a tree that patterns name; each directory is listed once.
struct PatternExpansion {
  /// The directory that patterns start from, without a slash at its end.
  let root: String
  private var listings: [String: [DirectoryEntry]] = [:]
  private var companions: [String: Bool] = [:]

  init(root: String) { self.root = root.hasSuffix("/") ? String(root.dropLast()) : root }

  func fullPath(_ path: String) -> String { path.isEmpty ? root + "/" : root + "/" + path }

  /// The paths below the root that the pattern names; one without a star names itself.
  ///
  /// A star before the last component stands for directories only: a link to one, such as the
  /// alias of a merged slab cache, would lead to the same files again.
  mutating func paths(of spec: SourceSpec) -> [String] {
    var found = [""]
    for (index, component) in spec.pattern.components.enumerated() {
      if component.isLiteral {
        found = found.map { join($0, component.literal) }
      } else {
        let isLast = index == spec.pattern.components.count - 1
        let kinds: [DirectoryEntry.Kind] =
          !isLast ? [.directory] : spec.kind == .link ? [.link] : [.file, .link]
        found = found.flatMap { directory in
          entries(of: directory)
            .filter { kinds.contains($0.kind) && component.matches($0.name) }
            .map { join(directory, $0.name) }
        }
      }
      guard !found.isEmpty else { return [] }
    }
    guard let companion = spec.companion else { return found }
    return found.filter { hasCompanion(companion, path: $0, spec.pattern) }
  }

  private func join(_ directory: String, _ name: String) -> String {
    directory.isEmpty ? name : directory + "/" + name
  }

  /// What the directory below the root lists.
  mutating func entries(of directory: String) -> [DirectoryEntry] {
    if let listing = listings[directory] { return listing }
    let listing = (try? listDirectory(fullPath(directory))) ?? []
    listings[directory] = listing
    return listing
  }

  /// Whether the directory that the pattern's last star stands for holds the companion.
  private mutating func hasCompanion(_ name: String, path: String, _ pattern: PathPattern) -> Bool {
    let depth = (pattern.components.lastIndex { !$0.isLiteral } ?? -1) + 1
    let directory = path.split(separator: "/").prefix(depth).joined(separator: "/")
    if let known = companions[directory] { return known }
    let isThere = DirectoryEntry.Kind(of: fullPath(join(directory, name))) == .file
    companions[directory] = isThere
    return isThere
  }
}
