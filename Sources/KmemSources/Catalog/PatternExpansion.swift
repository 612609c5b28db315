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
    let components = spec.pattern.components
    let last = components.count - 1
    let lastStar = components.lastIndex { !$0.isLiteral }
    var found = [""]
    for (index, component) in components.enumerated() {
      found =
        component.isLiteral
        ? found.map { Self.join($0, component.literal) }
        : found.flatMap { matches(of: component, in: $0, spec, isLast: index == last) }
      if index == lastStar, let companion = spec.companion {
        found = found.filter { hasCompanion(companion, directory: $0) }
      }
      guard !found.isEmpty else { return [] }
    }
    return found
  }

  /// The directories below the root that the pattern names.
  mutating func directories(of pattern: String) -> [String] {
    var found = [""]
    for component in PathPattern(pattern).components {
      found =
        component.isLiteral
        ? found.map { Self.join($0, component.literal) }
        : found.flatMap { directory in
          entries(of: directory).filter { $0.kind == .directory && component.matches($0.name) }
            .map { Self.join(directory, $0.name) }
        }
    }
    return found
  }

  /// The same below the root of a kernel, which has a uniform file everywhere or nowhere.
  mutating func livePaths(of spec: SourceSpec) -> [String] {
    let found = paths(of: spec)
    guard spec.isUniform else { return found }
    // A cache may have gone since its directory was listed.
    let isThere = found.prefix(3).contains { DirectoryEntry.Kind(of: fullPath($0)) == .file }
    return isThere ? found : []
  }

  /// The entries of the directory that a component with a star stands for.
  private mutating func matches(
    of component: PathPattern.Component, in directory: String, _ spec: SourceSpec, isLast: Bool
  ) -> [String] {
    entries(of: directory).compactMap { entry in
      let isWanted =
        switch entry.kind {
        case .directory: !isLast
        case .link: isLast
        case .file: isLast && spec.kind == .file
        case .other: false
        }
      guard isWanted, component.matches(entry.name) else { return nil }
      return Self.join(directory, entry.name)
    }
  }

  /// The path of a name in a directory; to interpolate it takes several times as long.
  static func join(_ directory: String, _ name: String) -> String {
    guard !directory.isEmpty else { return name }
    var path = ""
    path.reserveCapacity(directory.utf8.count + name.utf8.count + 1)
    path += directory
    path += "/"
    path += name
    return path
  }

  /// What the directory below the root lists.
  mutating func entries(of directory: String) -> [DirectoryEntry] {
    if let listing = listings[directory] { return listing }
    let listing = (try? listDirectory(fullPath(directory))) ?? []
    listings[directory] = listing
    return listing
  }

  /// Whether the directory, which the pattern's last star stands for, holds the companion.
  private mutating func hasCompanion(_ name: String, directory: String) -> Bool {
    if let known = companions[directory] { return known }
    let isThere = DirectoryEntry.Kind(of: fullPath(Self.join(directory, name))) == .file
    companions[directory] = isThere
    return isThere
  }
}
