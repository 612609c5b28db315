import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources

extension Capture {
  /// The capture with the kernel's configuration unpacked from `proc/config.gz`.
  ///
  /// The unpacked text is in memory only: a capture on disk holds what the kernel gave.
  func withConfiguration() -> Capture {
    let packed = self[KernelConfig.packed.path]
    guard packed.outcome == .read, sources[KernelConfig.path] == nil, !packed.bytes.isEmpty else {
      return self
    }
    var capture = self
    do {
      capture.sources[KernelConfig.path] = SourceReading(
        outcome: .read, bytes: try decompressed(packed.bytes))
    } catch {
      capture.remarks.append(InputRemark.configurationNotUnpacked(error: "\(error)").sentence)
    }
    return capture
  }
}
