import Testing

@testable import KmemTracing

@Suite("Names of slab caches by their descriptions")
struct SeenCacheTests {
  private func cache(_ key: UInt64, _ texts: String...) -> SeenCache {
    SeenCache(key: key, allocations: 0, texts: texts)
  }

  @Test("come from the word that points to a known name in every cache, not from the id in sysfs")
  func comeFromTheWordThatPointsToAKnownName() {
    let caches = [
      cache(1, "", "D", "filp", "filp"), cache(2, "", "", "cred", ":A-0000192"),
      cache(3, "", "", "vm_area_struct", "vm_area_struct"),
    ]
    let names = caches.names(known: ["filp", "cred", "vm_area_struct", "kmalloc-8"])
    #expect(names == [1: "filp", 2: "cred", 3: "vm_area_struct"])
  }

  @Test("are whole, though only their beginnings were kept")
  func areWhole() {
    let long = "a_cache_with_a_name_of_more_than_31_bytes"
    let caches = [cache(7, String(long.prefix(31)))]
    #expect(caches.names(known: [long]) == [7: long])
  }

  @Test("aren't guessed: a cache that slabinfo doesn't list has none")
  func arentGuessed() {
    #expect([cache(1, "filp"), cache(2, "gone")].names(known: ["filp"]) == [1: "filp"])
    #expect([cache(1, "", "x")].names(known: ["filp"]).isEmpty)
    #expect([SeenCache(key: 64, allocations: 3, texts: [])].names(known: ["filp"]).isEmpty)
  }
}
