import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources

/// A kernel configuration that the user names: `.config`, `config-6.12`, or one packed with gzip.
struct ConfigurationFile {
  let path: String

  /// The configuration.
  ///
  /// - Throws: `Failure` if there is no such file, or it isn't a configuration.
  var config: KernelConfig {
    get throws(Failure) {
      do {
        let file = try KmemSources.capture(at: .path(path), CaptureOptions())
        var capture = Capture(origin: path, kind: .file)
        guard let reading = file.sources.values.first, file.sources.count == 1 else {
          throw Failure(status: .badData, InputRefusal.severalFiles(path: path))
        }
        let isPacked = reading.bytes.starts(with: [0x1F, 0x8B])
        capture.sources[KernelConfig.path] = SourceReading(
          outcome: .read, bytes: isPacked ? try decompressed(reading.bytes) : reading.bytes)
        return try config(in: capture)
      } catch {
        throw Failure(error)
      }
    }
  }

  private func config(in capture: Capture) throws(Failure) -> KernelConfig {
    let snapshot = Snapshot(capture)
    if let config = snapshot.config.value { return config }
    throw Failure(
      status: .badData, InputRefusal.noConfiguration(path: path, snapshot.config.missing))
  }
}
