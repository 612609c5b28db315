/// The slab caches of kmalloc: anybody allocates from them, so whoever made them owns nothing in them.
package enum GenericCache {
  /// The beginnings of their names: SLUB's, SLAB's before 3.8, and those of memory for DMA.
  private static let prefixes = ["kmalloc-", "size-", "dma-kmalloc-"]

  /// Whether a cache of that name is one of kmalloc.
  package static func isGeneric(_ cache: String) -> Bool {
    prefixes.contains(where: cache.hasPrefix)
  }

  /// The bytes of an object of a kmalloc cache; nothing for another cache.
  package static func size(_ cache: String) -> Int64? {
    isGeneric(cache) ? objectSize(cache) : nil
  }

  /// The bytes of an object, by the name: 192 of `kmalloc-cg-192`, 1024 of `kmalloc-rnd-05-1k`.
  static func objectSize(_ cache: String) -> Int64? {
    guard let word = cache.split(separator: "-").last else { return nil }
    if word.hasSuffix("k") { return Int64(word.dropLast()).map { $0.timesClamped(1024) } }
    if word.hasSuffix("M") { return Int64(word.dropLast()).map { $0.timesClamped(1 << 20) } }
    return Int64(word)
  }

  /// The name as kernels since 4.20 write it: they were named by bytes (`kmalloc-1024`), and are in
  /// short since (`kmalloc-1k`).
  static func commonName(_ cache: String) -> String {
    guard let dash = cache.lastIndex(of: "-"), cache.contains("kmalloc"),
      let size = Int(cache[cache.index(after: dash)...]), size >= 1024, size % 1024 == 0
    else { return cache }
    let kilo = size / 1024
    let short = kilo >= 1024 && kilo % 1024 == 0 ? "\(kilo / 1024)M" : "\(kilo)k"
    return "\(cache[...dash])\(short)"
  }
}
