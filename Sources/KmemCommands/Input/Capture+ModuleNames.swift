import KmemParsers
import KmemAnalysis
import KmemSnapshot
import KmemSources
import KmemSymbols

extension Capture {
  /// The live capture with what the files of loaded modules say about the names of slab caches.
  ///
  /// Only the captured machine has these files, so what they say is kept beside the raw sources.
  func withModuleNames() -> Capture {
    guard kind == .live, sources[ModuleNames.path] == nil,
      let known = sideFile(ModuleFacts.self).value
    else { return self }
    let start = ContinuousClock.now
    let modules = known.modules.compactMap { name, facts in
      facts.path.map {
        ModuleNameSearch.Module(name: name, path: $0, buildID: buildID(ofModule: name))
      }
    }.sorted { $0.name < $1.name }
    let names = slabCacheNames
    guard !modules.isEmpty, !names.isEmpty else { return self }
    var search = ModuleNameSearch(cacheDirectory: Self.moduleCache)
    search.search(modules, for: names)
    let result = ModuleNames(
      caches: search.found,
      files: Dictionary(
        uniqueKeysWithValues: modules.map { module in
          (
            module.name,
            ModuleNames.File(
              path: module.path, buildID: module.buildID,
              problem: search.problems[module.name]?.rawValue)
          )
        }))
    return with(result, since: start)
  }

  private func with(_ names: ModuleNames, since start: ContinuousClock.Instant) -> Capture {
    let spent = start.duration(to: .now).components
    let reading = names.reading(
      milliseconds: Double(spent.seconds) * 1000 + Double(spent.attoseconds) / 1e15)
    var capture = self
    capture.sources[ModuleNames.path] = reading
    capture.manifest?.sources[ModuleNames.path] = Manifest.Source(reading)
    return capture
  }

  /// The names of all slab caches, merged ones included; those of kmalloc belong to no module.
  private var slabCacheNames: Set<String> {
    let prefix = SlabAliases.directory + "/"
    var names = Set(
      links.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
    for line in text(of: Slabinfo.path)?.split(separator: "\n") ?? [] {
      if let name = line.split(separator: " ").first { names.insert(String(name)) }
    }
    return names.filter { !GenericCache.isGeneric($0) && !$0.hasPrefix("#") && $0 != "slabinfo" }
  }

  /// The build id in the loaded module's note: twelve bytes of lengths, `GNU`, then the id.
  private func buildID(ofModule name: String) -> String? {
    guard let reading = sources["sys/module/\(name)/notes/.note.gnu.build-id"],
      reading.outcome == .read, reading.bytes.count > 16, reading.bytes.count <= 80
    else { return nil }
    return reading.bytes.dropFirst(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The directory in which strings of module files are kept: the system's cache for root, else the
  /// user's.
  private static var moduleCache: String? {
    if LiveFacts.isRoot { return "/var/cache/kmemcheck/modules" }
    if let cache = LiveFacts.environment("XDG_CACHE_HOME"), cache.hasPrefix("/") {
      return "\(cache)/kmemcheck/modules"
    }
    return LiveFacts.environment("HOME").map { "\($0)/.cache/kmemcheck/modules" }
  }
}
