internal import KmemParsers
import KmemSnapshot

/// What the files of slab caches said that never change during a cache's life, remembered for the
/// boot in `/run/kmemcheck`.
///
/// Four of five files that a snapshot opens are these: without the memory reading takes twice as
/// long. A set of merged caches may come to hold larger objects when another cache joins it, which
/// then has a link in the same directory (`__kmem_cache_alias` in `mm/slub.c`). So the memory
/// holds as long as the directory lists the same names with the same inodes; a cache that is made
/// anew has another one.
struct SlabMemory {
  /// The directory as it is listed, and the boot: what is remembered holds for these.
  private let key: String
  /// When the files were read, in seconds since 1970 UTC.
  private var since: Double
  private var texts: [String: [UInt8]] = [:]
  private var isNew = true
  private let file: String

  private static let first = "kmemcheck.slab/1"

  /// The memory of the caches that the directory lists; empty if nothing was kept of them.
  init(
    of entries: [DirectoryEntry], boot: String, now: Double, file: String = "/run/kmemcheck/slab"
  ) {
    self.file = file
    let listed = entries.map { "\($0.name) \($0.inode)\n" }.joined()
    key = "\(boot) \(SHA256.text(of: Array(listed.utf8)))"
    since = now
    if let bytes = BootFile.contents(file) { recall(bytes) }
  }

  /// What a remembered source said; nothing for others.
  subscript(path: String) -> SourceReading? {
    guard !isNew, let text = texts[path] else { return nil }
    return SourceReading(outcome: .read, bytes: text, rememberedSince: since)
  }

  /// Takes in what was just read.
  mutating func note(_ path: String, _ reading: SourceReading) {
    if reading.outcome == .read, Self.isKept(reading.bytes) { texts[path] = reading.bytes }
  }

  /// Keeps what was noted for the next that reads; what can't be written is lost.
  func keep() {
    guard isNew, !texts.isEmpty else { return }
    var bytes = Array("\(Self.first)\n\(key)\n\(since)\n".utf8)
    for (path, text) in texts {
      bytes += Array((text.isEmpty ? "\(path)\t\n" : "\(path)\t=").utf8) + text
    }
    BootFile.write(bytes, to: file)
  }

  /// Reads what was kept, if it was kept under the same key and written whole.
  private mutating func recall(_ bytes: [UInt8]) {
    guard bytes.last == newline else { return }
    var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)[...]
    guard lines.popLast() != nil,
      lines.popFirst().map({ $0.elementsEqual(Self.first.utf8) }) == true,
      lines.popFirst().map({ $0.elementsEqual(key.utf8) }) == true,
      let since = lines.popFirst().flatMap({ Double(String(decoding: $0, as: UTF8.self)) })
    else { return }
    self.since = since
    isNew = false
    texts.reserveCapacity(lines.count)
    for line in lines { recall(line: line) }
  }

  private mutating func recall(line: ArraySlice<UInt8>) {
    guard let end = line.firstIndex(of: UInt8(ascii: "\t")) else { return }
    let path = String(decoding: line[..<end], as: UTF8.self)
    let text = line[(end + 1)...]
    if text.isEmpty {
      texts[path] = []
    } else if text.first == UInt8(ascii: "=") {
      texts[path] = text.dropFirst() + [newline]
    }
  }

  /// Whether the text is one line with its end, or nothing, as merged caches say of constructors.
  private static func isKept(_ bytes: [UInt8]) -> Bool {
    bytes.isEmpty || bytes.firstIndex(of: newline) == bytes.count - 1
  }
}

private let newline = UInt8(ascii: "\n")
