import KmemReport
import KmemSnapshot
import KmemSources

extension Capture {
  /// The capture with the kernel's configuration unpacked from `proc/config.gz`.
  ///
  /// The unpacked text is in memory only: a capture on disk holds what the kernel gave.
  func withConfiguration() -> Capture {
    let packed = self["proc/config.gz"]
    guard packed.outcome == .read, sources["proc/config"] == nil, !packed.bytes.isEmpty else {
      return self
    }
    var capture = self
    do {
      capture.sources["proc/config"] = SourceReading(
        outcome: .read, bytes: try decompressed(packed.bytes))
    } catch {
      capture.remarks.append(InputRemark.configurationNotUnpacked(error: "\(error)").sentence)
    }
    return capture
  }
}
