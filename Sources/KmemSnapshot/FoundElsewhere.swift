import KmemParsers

/// A kernel file that a capture may hold elsewhere than where the kernel prints it, or in another
/// form.
protocol FoundElsewhere: ParsedFile {
  /// The records, from the first place that has them.
  static func find(with reader: inout SnapshotReader) -> Reading<Self>
}

extension KernelConfig: FoundElsewhere {
  /// From `/proc/config.gz` (unpacked by whoever made the capture), else from the file of that very
  /// release.
  static func find(with reader: inout SnapshotReader) -> Reading<KernelConfig> {
    let inside: Reading<KernelConfig> = reader.parse(path)
    if inside.value != nil {
      reader.configOrigin = packed.absolutePath
      return inside
    }
    for path in reader.capture.installedConfigPaths {
      let beside: Reading<KernelConfig> = reader.parse(path)
      if beside.value != nil {
        reader.configOrigin = "/\(path)"
        return beside
      }
    }
    return inside
  }
}

extension SlabAliases: FoundElsewhere {
  /// From the links of sysfs, else from a listing of them.
  static func find(with reader: inout SnapshotReader) -> Reading<SlabAliases> {
    let prefix = directory + "/"
    let links = reader.capture.links.filter { $0.key.hasPrefix(prefix) }
    guard links.isEmpty else {
      let named = links.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
      return .value(SlabAliases(links: Dictionary(named) { first, _ in first }))
    }
    // Files of the kernel itself, of which there may be ten thousand, are no listings.
    let listing = reader.capture.sources.keys.filter { path in
      !path.hasPrefix("sys/") && !path.hasPrefix("proc/") && path.contains("sys.kernel.slab")
        && path.contains("ls_")
    }.min()
    return reader.parse(listing ?? directory)
  }
}

extension PageOwnerStacks: FoundElsewhere {
  /// From the kernel's own sums, else from sums made of the list of pages.
  static func find(with reader: inout SnapshotReader) -> Reading<PageOwnerStacks> {
    let stacks: Reading<PageOwnerStacks> = reader.parse(path)
    if stacks.value != nil { return stacks }
    let handles: Reading<PageOwnerStacks> = reader.parse(handles)
    let names: Reading<PageOwnerStacks> = reader.parse(handleNames)
    if let handles = handles.value, let names = names.value {
      return .value(handles.named(by: names))
    }
    if reader.capture.sources[derived] != nil { return reader.parse(derived) }
    guard reader.capture.sources[PageOwner.path] != nil else { return stacks }
    let list: Reading<PageOwner> = reader.parse(PageOwner.path)
    return list.map(\.stacks)
  }
}

extension Capture {
  /// Where the configuration of the captured release may lie.
  fileprivate var installedConfigPaths: [String] {
    release.map { KernelConfig.installedPaths(of: $0) + ["usr/lib/modules/\($0)/config"] } ?? []
  }
}
