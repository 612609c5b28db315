/// A file that kmemcheck itself puts into a capture, beside those of the kernel; JSON.
package protocol SideFile: Codable, Sendable {
  /// Where it lies below the root: `kmemcheck/owners.json`.
  static var path: String { get }
  /// The form that is written and read, with its version: `kmemcheck.owners/1`.
  static var schema: String { get }
}

/// A side file of another version of kmemcheck, whose form isn't known.
struct UnknownSchema: Error {
  let schema: String
}

extension SideFile {
  /// The file as a source of a capture, for which making it took so many milliseconds.
  package func reading(milliseconds: Double = 0) -> SourceReading {
    do {
      return SourceReading(outcome: .read, bytes: try encoded(), milliseconds: milliseconds)
    } catch {
      return SourceReading(outcome: .failed, reason: "can't be written as JSON: \(error)")
    }
  }
}

extension Capture {
  /// What a side file says; `refused` with the reason where it can't be understood.
  package func sideFile<File: SideFile>(_ type: File.Type = File.self) -> Reading<File> {
    let reading = self[File.path]
    if let missing = Missing(reading) { return .missing(missing) }
    do {
      return .value(try File(decoding: reading.bytes))
    } catch let error as UnknownSchema {
      return .missing(
        Missing(
          .refused,
          "is of a version that isn't known here, \(error.schema); the capture is read without it"))
    } catch {
      return .missing(
        Missing(.refused, "can't be understood; the capture is read without it"))
    }
  }
}
