import KmemSnapshot
import KmemSources

/// One capture of a series, before it's read for its amounts: where it lies, whose it is, and when
/// it was taken.
struct SeriesMoment {
  let path: String
  let host: Host
  /// The label that the user gave it, if any.
  let label: String?
  /// The size of the file; of a folder that of nothing that lies in it.
  var bytes: Int64 { fileSize(at: path) }

  /// Reads as little of the capture as tells whose it is.
  ///
  /// - Throws: an error if there is no capture at the path.
  init(path: String) throws {
    self.path = path
    if let manifest = captureManifest(at: path) {
      host = Snapshot(Capture(origin: path, kind: .archive, manifest: manifest)).host
      label = manifest.label
    } else {
      label = nil
      host = try Snapshot(KmemSources.capture(at: .path(path))).host
    }
  }

  /// How messages and `--host` call the machine.
  var machine: String { host.hostname ?? host.machineID ?? "unknown host" }

  /// Seconds since 1970 by which captures are put in order; nothing where none is told.
  var wall: Double? { host.wallTime }

  /// Whether the machine was booted between the two captures.
  func isOfLaterBoot(than earlier: SeriesMoment) -> Bool {
    switch host.sameBoot(as: earlier.host) {
    case .different: return true
    case .same: return false
    case .unknown:
      guard let up = host.upTime, let before = earlier.host.upTime else { return false }
      return up < before
    }
  }
}
