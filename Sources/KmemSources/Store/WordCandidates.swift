internal import Glibc
internal import KmemSnapshot

/// What a word on the command line may become, for shells that complete it.
package enum WordCandidates {
  /// The labels of the captures in the store, each once, the newest first.
  ///
  /// A capture tells its label at the beginning of its manifest: of a large store only so many of
  /// the last are asked, by their names, so that a key press isn't felt.
  package static func labels(in store: Store = .current, ofLast count: Int = 64) -> [String] {
    let paths = store.directories.flatMap { folder in
      let names = ((try? listDirectory(folder)) ?? []).map(\.name)
      return names.filter { name in Store.endings.contains { name.hasSuffix($0) } }
        .sorted(by: >).prefix(count).map { "\(folder)/\($0)" }
    }
    var seen: Set<String> = []
    return paths.compactMap(StoredCapture.Contents.label).filter { seen.insert($0).inserted }
  }

  /// The paths that begin like this, of folders with a slash behind if that is wanted; hidden ones
  /// only after a dot.
  package static func paths(beginningWith prefix: String, marksFolders: Bool) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let start = prefix.dropFirst(folder.count)
    let entries = (try? listDirectory(folder.isEmpty ? "." : folder, limit: 10_000)) ?? []
    return entries.compactMap { entry in
      guard entry.name.hasPrefix(start), start.hasPrefix(".") || !entry.name.hasPrefix(".") else {
        return nil
      }
      let path = folder + entry.name
      let isFolder = marksFolders && DirectoryEntry.Kind(of: path + "/.") == .directory
      return isFolder ? path + "/" : path
    }
  }

  /// The ids of the processes that run.
  package static func processes() -> [String] {
    ((try? listDirectory("/proc")) ?? []).map(\.name).filter { $0.allSatisfy(\.isNumber) }
  }

  /// The names of programs in the folders of `PATH` that begin like this, each once.
  package static func programs(beginningWith prefix: String) -> [String] {
    let folders = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    let names = folders.split(separator: ":").flatMap { folder in
      ((try? listDirectory(String(folder))) ?? []).map(\.name).filter { $0.hasPrefix(prefix) }
    }
    return Set(names).sorted()
  }
}
