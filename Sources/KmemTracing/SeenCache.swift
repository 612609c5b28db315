/// A slab cache that was allocated from, or a size of kmalloc.
package struct SeenCache: Hashable, Sendable {
  /// The address of its `struct kmem_cache`; for kmalloc the size in bytes.
  package let key: UInt64
  /// How often it was allocated from; 0 where only stacks were kept.
  package let allocations: Int64
  /// The texts to which the words of its description point; empty for words that are no pointers.
  let texts: [String]
  /// The name itself, where an event told it.
  var name: String?

  init(key: UInt64, allocations: Int64, texts: [String], name: String? = nil) {
    self.key = key
    self.allocations = allocations
    self.texts = texts
    self.name = name
  }
}

extension [SeenCache] {
  /// The names of the caches by their addresses.
  ///
  /// Where in `struct kmem_cache` the name is differs from kernel to kernel and is told by no file. It
  /// is the word that points to a known name in every cache; a merged cache's other text, its id in
  /// sysfs, is no name of slabinfo. `known` are the names in slabinfo.
  package func names(known: Set<String>) -> [UInt64: String] {
    let shortened = Dictionary(
      known.map { (String(decoding: $0.utf8.prefix(31), as: UTF8.self), $0) }
    ) { first, _ in first }
    let described = filter { $0.texts.contains { !$0.isEmpty } }
    let words = described.first?.texts.indices ?? 0..<0
    let hits = words.map { word in described.count { shortened[$0.texts[word]] != nil } }
    var names = Dictionary(
      compactMap { seen in seen.name.map { (seen.key, $0) } }
    ) { first, _ in first }
    guard let most = hits.max(), most > 0, let word = hits.firstIndex(of: most) else {
      return names
    }
    for cache in described { names[cache.key] = shortened[cache.texts[word]] }
    return names
  }
}
