import Foundation
import KmemSymbols

/// Searches the files of modules for the names of slab caches: prints the milliseconds of the first
/// search and of the shortest of seven with what is kept of it, and how many files were usable.
func searchModules(_ files: [String], cache: String) -> Int32 {
  let modules = files.map {
    ModuleNameSearch.Module(name: $0, path: $0, buildID: nil)
  }
  let names = Set((0..<300).map { "cache_\($0)" } + ["ext4_inode_cache", "nf_conntrack"])
  var usable = 0
  func milliseconds() -> Double {
    let start = ContinuousClock.now
    var search = ModuleNameSearch(cacheDirectory: cache)
    search.search(modules, for: names)
    usable = modules.count - search.problems.count
    return start.duration(to: .now) / .milliseconds(1)
  }
  let first = milliseconds()
  let again = (0..<7).map { _ in milliseconds() }.min() ?? 0
  print("\(Int(first.rounded(.up))) \(Int(again.rounded(.up))) \(usable)")
  return 0
}
