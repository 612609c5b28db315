internal import Glibc
internal import KmemParsers
internal import SystemPackage

/// Whether the kernel's events hand over what the program takes from them.
///
/// A raw tracepoint has its arguments in the order of `TRACE_EVENT` in include/trace/events, which no
/// file tells. The fields in `events/*/*/format` tell which order it is: these came with the order that
/// the program knows.
enum EventFormats {
  /// The events of each kind, with a field that they have since the order is known.
  private static let wanted: [(kind: TraceRecord.Kind, event: String, field: String)] = [
    // 6.1 joined kmalloc_node to kmalloc, and took the cache out of its arguments.
    (.kmalloc, "kmem/kmalloc", "node"), (.kmalloc, "kmem/kfree", "ptr"),
    (.cache, "kmem/kmem_cache_alloc", "node"), (.cache, "kmem/kmem_cache_free", "ptr"),
    (.pages, "kmem/mm_page_alloc", "migratetype"), (.pages, "kmem/mm_page_free", "order"),
    (.percpu, "percpu/percpu_alloc_percpu", "bytes_alloc"),
    (.percpu, "percpu/percpu_free_percpu", "ptr"),
  ]

  /// - Throws: `TracerError` with the first event that is missing or looks different.
  static func check(_ kinds: Set<TraceRecord.Kind>) throws(TracerError) {
    let directory = try TracefsDirectory.open()
    defer { close(directory) }
    for (kind, event, field) in wanted where kinds.contains(kind) {
      let format = try text(of: event, in: directory)
      guard hasField(field, format) else { throw .otherLayout(event: event, missing: field) }
    }
  }

  /// Whether a line such as `field:int node;` is there.
  private static func hasField(_ name: String, _ format: String) -> Bool {
    format.split(separator: "\n").contains { line in
      let declaration = line.split(separator: ";").first ?? ""
      return declaration.contains("field:") && declaration.hasSuffix(" \(name)")
    }
  }

  /// - Throws: `TracerError` if there is no such event, or its file can't be read, as under lockdown.
  private static func text(of event: String, in directory: CInt) throws(TracerError) -> String {
    let file = unsafe openat(directory, "events/\(event)/format", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT ? .noEvent(event) : .noTracefs(Errno(rawValue: errno))
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    guard count > 0 else { throw .noTracefs(Errno(rawValue: count < 0 ? errno : EIO)) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
