package import KmemParsers

/// What sysfs tells about one slab cache, or about one set of merged caches.
///
/// From the files of `/sys/kernel/slab/<cache>/` (SLUB, 2.6.22); readable by root only.
package struct SlabAttributes: Hashable, Sendable {
  /// The constructor, as `%pS`: a function of the code that made the cache; merged caches have
  /// none.
  package internal(set) var constructor: KmemleakFrame?
  /// Bytes that a user of an object may use, without what debugging adds.
  package internal(set) var objectSize: Int64?
  /// Whether the kernel counts the cache as reclaimable (`reclaim_account`).
  package internal(set) var isReclaimable: Bool?
  /// Bytes of an object that copies from and to user space may touch (4.16); 0 for none.
  package internal(set) var userSize: Int64?
}

extension Snapshot {
  /// Whether the kernel counts a cache as reclaimable, by the cache's name or its id in sysfs; caches
  /// of which sysfs doesn't tell are missing.
  package var reclaimAccounts: [String: Bool] { slabAttributes.compactMapValues(\.isReclaimable) }
}

extension Capture {
  private static let slabPrefix = SlabAliases.directory + "/"

  /// What sysfs tells of each cache, by the directory's name: a cache's, or a merged set's id.
  var slabAttributes: [String: SlabAttributes] {
    var all: [String: SlabAttributes] = [:]
    for (path, reading) in sources where path.hasPrefix(Self.slabPrefix) {
      guard reading.outcome == .read, !reading.bytes.isEmpty else { continue }
      let place = path.dropFirst(Self.slabPrefix.count)
      guard let slash = place.utf8.firstIndex(of: UInt8(ascii: "/")) else { continue }
      let name = String(place[..<slash])
      var text: String { Self.line(of: reading.bytes) ?? "" }
      switch place[slash...].dropFirst() {
      case "ctor": all[name, default: SlabAttributes()].constructor = Self.frame(text)
      case "object_size": all[name, default: SlabAttributes()].objectSize = Int64(text)
      case "usersize": all[name, default: SlabAttributes()].userSize = Int64(text)
      case "reclaim_account":
        all[name, default: SlabAttributes()].isReclaimable = text.hasPrefix("1")
      default: continue
      }
    }
    return all
  }

  private static func frame(_ text: String) -> KmemleakFrame? {
    let bytes = Array(text.utf8)
    return KmemleakFrame(line: bytes.span)
  }

  /// The directories of slab caches whose allocations are recorded, with the file that tells them.
  var slabTracePaths: [(cache: String, path: String)] {
    var paths: [String: String] = [:]
    for (path, reading) in sources where reading.outcome == .read && !reading.bytes.isEmpty {
      let isDebug = path.hasPrefix(AllocTraces.directory + "/") && path.hasSuffix("/alloc_traces")
      let isOld = path.hasPrefix(Self.slabPrefix) && path.hasSuffix("/alloc_calls")
      guard isDebug || isOld else { continue }
      let parts = path.split(separator: "/")
      guard parts.count >= 2 else { continue }
      let cache = String(parts[parts.count - 2])
      if isDebug || paths[cache] == nil { paths[cache] = path }
    }
    return paths.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension SnapshotReader {
  /// Who allocated each cache's objects, by the cache's directory in debugfs or sysfs.
  mutating func allocTraces() -> [String: AllocTraces] {
    var traces: [String: AllocTraces] = [:]
    for (cache, path) in capture.slabTracePaths {
      let reading: Reading<AllocTraces> = parse(text: path)
      traces[cache] = reading.value
    }
    return traces
  }
}
