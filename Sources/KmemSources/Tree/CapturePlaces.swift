internal import KmemParsers
internal import SystemPackage

/// The captures that lie in a directory: trees, archives, and files that may be kernel files.
///
/// A folder of captures, of sosreports, or of what a cron job left each hour.
package struct CapturePlaces: Hashable, Sendable {
  /// The paths of all of them, in the order of their names.
  package private(set) var paths: [String] = []
  private var entriesSeen = 0
  private let limits: ContainerLimits

  /// Looks through the directory at the path and those below it; a file is a place itself.
  ///
  /// - Throws: `SourceError` if there is nothing at the path, or it can't be listed.
  package init(at path: String, _ limits: ContainerLimits = ContainerLimits()) throws {
    self.limits = limits
    guard DirectoryEntry.Kind.exists(path) else {
      throw SourceError(.noSuchInput, "there is nothing at \(path)")
    }
    guard DirectoryEntry.Kind(of: "\(path)/.") == .directory else {
      paths = [path]
      return
    }
    let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    do {
      _ = try listDirectory(root, limit: 1)
    } catch let error as Errno {
      throw SourceError(error.kind, "\(path) can't be listed: \(error)")
    }
    look(into: root, depth: 0)
    paths.sort()
  }

  private mutating func look(into directory: String, depth: Int) {
    guard depth <= limits.depth, entriesSeen < limits.entries,
      let entries = try? listDirectory(directory, limit: limits.entries - entriesSeen)
    else { return }
    entriesSeen += entries.count
    // A folder with several files of one kind is a series, and no capture.
    if let tree = try? TreeRoot(at: directory, entries: entries), isCapture(tree, entries) {
      return paths.append(directory)
    }
    for entry in entries where !entry.name.hasPrefix(".") {
      let path = "\(directory)/\(entry.name)"
      switch entry.kind {
      case .file: paths.append(path)
      case .directory: look(into: path, depth: depth + 1)
      case .link, .other: break
      }
    }
  }

  /// Whether the directory is one capture, and not a folder of archives beside a file or two.
  private func isCapture(_ tree: TreeRoot, _ entries: [DirectoryEntry]) -> Bool {
    guard case .folder = tree else { return true }
    return !entries.contains { $0.kind == .file && KernelFileNames.isArchive($0.name) }
  }
}
