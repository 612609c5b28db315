import KmemParsers
package import KmemSnapshot

/// Who made a slab cache, as its constructor and its names suggest: who may own what is in it.
package struct InferredOwners: Sendable {
  private let attributes: [String: SlabAttributes]
  private let names: ModuleNames?
  private let snapshot: Snapshot

  /// Takes what sysfs says of constructors, and which names the files of modules hold.
  package init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    attributes = snapshot.slabAttributes
    names = snapshot.moduleNames
  }

  /// Those who may own the cache's objects: one is likely, several are possible.
  package func candidates(for cache: String, aliases: [String]) -> [Candidate] {
    guard !GenericCache.isGeneric(cache) else { return [] }
    var found: [Candidate] = []
    if let candidate = maker(of: cache) { found.join(candidate) }
    for module in modules(naming: cache) {
      found.join(
        Candidate(
          owner: Owner(module: module), confidence: .likely,
          evidence: [
            Evidence(.nameInModule(cache: cache, module: module))
          ]))
    }
    for alias in aliases where !GenericCache.isGeneric(alias) {
      for module in modules(naming: alias) {
        found.join(
          Candidate(
            owner: Owner(module: module), confidence: .likely,
            evidence: [
              Evidence(.aliasInModule(alias: alias, module: module))
            ]))
      }
    }
    guard found.count > 1 || !aliases.isEmpty else { return found }
    return found.map { candidate in
      var candidate = candidate
      candidate.confidence = .possible
      return candidate
    }
  }

  /// Bytes of an object as kmemleak counts them, where sysfs tells.
  func objectSize(of cache: String) -> Int64? {
    (attributes[cache] ?? id(of: cache).flatMap { attributes[$0] })?.objectSize
  }

  private func id(of cache: String) -> String? { snapshot.slabAliases.value?.id(of: cache) }

  /// The constructor's module; one of the kernel itself tells no module, only its function.
  private func maker(of cache: String) -> Candidate? {
    guard let frame = attributes[cache]?.constructor, let module = frame.module else { return nil }
    return Candidate(
      owner: Owner(module: module), confidence: .likely,
      evidence: [Evidence(.constructor(frame.symbol, module: module))])
  }

  /// The modules in whose files the name stands; a name in several tells nothing.
  private func modules(naming cache: String) -> [String] {
    guard let modules = names?.caches[cache], modules.count == 1 else { return [] }
    return modules
  }
}
