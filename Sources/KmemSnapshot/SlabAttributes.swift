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
  /// Bytes of an object that copies from and to user space may touch (4.16); 0 for none.
  package internal(set) var userSize: Int64?
}

extension Capture {
  private static let slabPrefix = SlabAliases.directory + "/"

  /// What sysfs tells of each cache, by the directory's name: a cache's, or a merged set's id.
  var slabAttributes: [String: SlabAttributes] {
    var all: [String: SlabAttributes] = [:]
    for (path, reading) in sources where path.hasPrefix(Self.slabPrefix) {
      let parts = path.dropFirst(Self.slabPrefix.count).split(separator: "/")
      guard parts.count == 2, reading.outcome == .read, !reading.bytes.isEmpty else { continue }
      let text = line(of: path) ?? ""
      let name = String(parts[0])
      switch parts[1] {
      case "ctor": all[name, default: SlabAttributes()].constructor = Self.frame(text)
      case "object_size": all[name, default: SlabAttributes()].objectSize = Int64(text)
      case "usersize": all[name, default: SlabAttributes()].userSize = Int64(text)
      default: continue
      }
    }
    return all
  }

  private static func frame(_ text: String) -> KmemleakFrame? {
    let bytes = Array(text.utf8)
    return KmemleakFrame(line: bytes.span)
  }

  /// What `reclaim_account` of each cache says, by the directory's name below `/sys/kernel/slab`.
  var reclaimAccounts: [String: Bool] {
    var accounts: [String: Bool] = [:]
    for (path, reading) in sources
    where path.hasPrefix(Self.slabPrefix) && reading.outcome == .read {
      let parts = path.split(separator: "/")
      guard parts.count == 5, parts[4] == "reclaim_account" else { continue }
      accounts[String(parts[3])] = reading.bytes.first == UInt8(ascii: "1")
    }
    return accounts
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
