internal import KmemParsers
internal import KmemSnapshot

/// What the files of slab caches said that never change during a cache's life, remembered for the
/// boot in `/run/kmemcheck`.
///
/// Four of five files that a snapshot opens are these: without the memory reading takes twice as
/// long. A set of merged caches may come to hold larger objects when another cache joins it, which
/// then has a link in the same directory (`__kmem_cache_alias` in `mm/slub.c`). So the memory
/// holds as long as the directory lists the same names with the same inodes; a cache that is made
/// anew has another one.
///
/// It holds what all of them said or nothing, so that who has it needn't name nine hundred files that
/// aren't read: that was a tenth of the time of `top`.
struct SlabMemory {
  /// The directory as it is listed, the boot, and the files: what is remembered holds for these.
  private let key: String
  private let file: String

  private static let first = "kmemcheck.slab/2"

  /// The memory of the files that the patterns name in the caches that the directory lists.
  init(
    of entries: [DirectoryEntry], _ patterns: [String], boot: String,
    file: String = "/run/kmemcheck/slab"
  ) {
    self.file = file
    var listed: [UInt8] = []
    for pattern in patterns { listed += Array("\(pattern)\n".utf8) }
    for entry in entries { listed += Array("\(entry.name) \(entry.inode)\n".utf8) }
    key = "\(boot) \(SHA256.text(of: listed))"
  }

  /// Keeps what was just read for the next that reads; what can't be written is lost.
  func keep(_ readings: [(path: String, reading: SourceReading)], now: Double) {
    guard !readings.isEmpty,
      readings.allSatisfy({ $0.reading.outcome == .read && Self.isKept($0.reading.bytes) })
    else { return }
    var bytes = Array("\(Self.first)\n\(key)\n\(now)\n\(readings.count)\n".utf8)
    for (path, reading) in readings {
      let text = reading.bytes
      bytes += Array((text.isEmpty ? "\(path)\t\n" : "\(path)\t=").utf8) + text
    }
    BootFile.write(bytes, to: file)
  }

  /// Adds what was kept under the same key and written whole; false if there is nothing of that kind.
  func recall(into sources: inout [String: SourceReading]) -> Bool {
    guard let bytes = BootFile.contents(file), bytes.last == newline else { return false }
    var lines = LineEnds(bytes: bytes)
    guard lines.next().map({ bytes[$0].elementsEqual(Self.first.utf8) }) == true,
      lines.next().map({ bytes[$0].elementsEqual(key.utf8) }) == true,
      let since = lines.next().flatMap({ Double(String(decoding: bytes[$0], as: UTF8.self)) }),
      let count = lines.next().flatMap({ Int(String(decoding: bytes[$0], as: UTF8.self)) }),
      lines.left == count
    else { return false }
    sources.reserveCapacity(sources.count + count)
    while let line = lines.next() {
      guard let tab = bytes[line].firstIndex(of: UInt8(ascii: "\t")) else { continue }
      let text = line.upperBound == tab + 1 ? [] : Array(bytes[(tab + 2)...line.upperBound])
      let path = String(decoding: bytes[line.lowerBound..<tab], as: UTF8.self)
      sources[path] = SourceReading(outcome: .read, bytes: text, rememberedSince: since)
    }
    return true
  }

  /// Whether the text is one line with its end, or nothing, as merged caches say of constructors.
  private static func isKept(_ bytes: [UInt8]) -> Bool {
    bytes.isEmpty || bytes.firstIndex(of: newline) == bytes.count - 1
  }
}

/// Hands out where the lines of a text stand, which ends with the end of a line.
private struct LineEnds {
  let bytes: [UInt8]
  private var start = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// How many are left.
  var left: Int { bytes[start...].count { $0 == newline } }

  mutating func next() -> Range<Int>? {
    guard let end = bytes[start...].firstIndex(of: newline) else { return nil }
    defer { start = end + 1 }
    return start..<end
  }
}

private let newline = UInt8(ascii: "\n")
