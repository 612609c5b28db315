package import KmemSnapshot

extension SourceRemark {
  /// The remark as a sentence that names file and line.
  package var sentence: String {
    line > 0 ? "\(path), line \(line): \(reason)" : "\(path): \(reason)"
  }
}

extension PageSize.Origin {
  /// What the page size was learnt from, in a few words.
  var words: String {
    switch self {
    case .manifest: "manifest"
    case .managed: "MemTotal over the zones' managed pages"
    case .present: "MemTotal over the zones' present pages"
    case .pageblock: "Hugepagesize over the pages of a block"
    case .vmalloc: "size over pages of vmalloc areas"
    case .freeBlocks: "the smallest of the free blocks listed"
    case .slab: "the smallest that holds every cache's slab"
    case .assumed: "assumed"
    }
  }
}
