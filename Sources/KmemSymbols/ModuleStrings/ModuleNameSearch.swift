internal import Glibc

/// Finds the loaded modules whose object files hold given names as strings of their own.
package struct ModuleNameSearch {
  /// A loaded module and the file that it would be loaded from now.
  package struct Module: Hashable, Sendable {
    /// The module's name, as `/proc/modules` prints it.
    package let name: String
    /// The path of the file that modprobe would load now.
    package let path: String
    /// The build id of the loaded code, in hexadecimal; nothing where the kernel doesn't tell it.
    package let buildID: String?

    /// Describes a loaded module.
    package init(name: String, path: String, buildID: String?) {
      self.name = name
      self.path = path
      self.buildID = buildID
    }
  }

  /// Why a module's file wasn't used; the raw values are stored in captures.
  package enum Problem: String, Hashable, Sendable {
    case unreadable = "its file can't be read"
    case noObject = "its file can't be read, or is no object file"
    case otherBuild = "its file is of another build than the loaded module"
  }

  private let cache: StringCache
  /// The modules whose files hold each name.
  package private(set) var found: [String: [String]] = [:]
  /// Why a module's file was not used, by module.
  package private(set) var problems: [String: Problem] = [:]

  /// Begins a search.
  ///
  /// - Parameter cacheDirectory: where the strings read from files are kept; nil to keep nothing.
  package init(cacheDirectory: String?) { cache = StringCache(directory: cacheDirectory) }

  /// Searches the files of all modules, those read before in the cache.
  package mutating func search(_ modules: [Module], for names: Set<String>) {
    let wanted = names.map { (name: $0, hash: NameHash($0).value) }
    for module in modules {
      guard let hashes = hashes(of: module) else { continue }
      for (name, hash) in wanted where Self.contains(hash, hashes) {
        found[name, default: []].append(module.name)
      }
    }
    for name in found.keys { found[name]?.sort() }
  }

  private mutating func hashes(of module: Module) -> [UInt64]? {
    guard let key = module.buildID ?? Self.identity(of: module.path) else {
      problems[module.name] = .unreadable
      return nil
    }
    if let known = cache.hashes(for: key) { return known }
    guard let read = ModuleStrings.hashes(inFile: module.path) else {
      problems[module.name] = .noObject
      return nil
    }
    if let wanted = module.buildID, let own = read.buildID, own != wanted {
      problems[module.name] = .otherBuild
      return nil
    }
    cache.keep(read.hashes, for: key)
    return read.hashes
  }

  /// A key for the cache where there is no build id: the file's place, size and time.
  private static func identity(of path: String) -> String? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    let facts = "\(path) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    return "f-" + String(NameHash(facts).value, radix: 16)
  }

  private static func contains(_ hash: UInt64, _ sorted: [UInt64]) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == hash
  }
}
