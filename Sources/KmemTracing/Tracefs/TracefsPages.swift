internal import Glibc
internal import KmemParsers

/// The raw pages of all processors of an instance.
@safe final class TracefsPages: @unchecked Sendable {
  private let instance: TracefsInstance
  private let processors: [String]
  /// Descriptors; -1 where the process may have no more, and the file is opened anew each time.
  private var files: [CInt]
  private var page: [UInt8]

  init(_ instance: TracefsInstance, pageSize: Int) {
    self.instance = instance
    processors = instance.processors
    page = [UInt8](repeating: 0, count: max(4096, pageSize))
    files = []
    for processor in processors { files.append(instance.openPages(of: processor)) }
    // Some descriptors must stay for other files.
    if files.contains(-1) { for index in files.indices.dropFirst(4) { drop(index) } }
  }

  deinit { close() }

  /// How many processors there are.
  var count: Int { processors.count }

  /// What the kernel counted, by processor.
  var stats: [[String: Int64]] { processors.map(instance.stats) }

  /// Ends reading: an instance that is read can't be removed.
  func close() { for index in files.indices { drop(index) } }

  private func drop(_ index: Int) {
    if files[index] >= 0 { _ = Glibc.close(files[index]) }
    files[index] = -1
  }

  /// Hands over all pages there are now.
  ///
  /// A busy processor may fill pages as fast as they are read: a full buffer's worth ends a round.
  func readAll(_ body: (Span<UInt8>, Int) -> Void) {
    for index in files.indices {
      let isKept = files[index] >= 0
      let file = isKept ? files[index] : instance.openPages(of: processors[index])
      guard file >= 0 else { continue }
      for _ in 0..<Self.most {
        let count = unsafe page.withUnsafeMutableBytes { bytes in
          unsafe Glibc.read(file, bytes.baseAddress, bytes.count)
        }
        guard count > 0 else { break }
        body(page.span.extracting(0..<count), index)
      }
      if !isKept { _ = Glibc.close(file) }
    }
  }

  /// Pages of one processor's buffer.
  private static let most = 2048
}
