import KmemParsers
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// Finds the kmemleak report that a user names, and what else is known of its machine.
struct LeakInput {
  let reference: String
  let root: String?
  let options: CommonOptions
  /// The capture that the reference names, if it was read already.
  var capture: Capture?

  /// Where the text of the report comes from, and the capture it belongs to.
  enum Source {
    /// A text that is read piece by piece, with what is known besides.
    case stream(TextStream, Capture)
    /// The text lies in the capture.
    case held(Capture)
  }

  /// Finds the text of the report.
  ///
  /// - Throws: `Failure` if there is none.
  func source() throws(Failure) -> Source {
    if let capture { return .held(capture) }
    if reference == "now", root == nil { return try live() }
    if reference == "-" {
      return .stream(.standardInput, Capture(origin: TextStream.standardInput.name, kind: .file))
    }
    do {
      let location = try Store.current.resolve(reference)
      if let note = location.note { options.remark("kmemcheck: \(note)") }
      guard case .path(let path) = location.location, location.moment == nil,
        !TextStream.isDirectory(path)
      else {
        return .held(try whole())
      }
      return .stream(TextStream(path: path), Capture(origin: path, kind: .file))
    } catch {
      throw Failure(error)
    }
  }

  /// The capture that the reference names, read whole.
  func whole() throws(Failure) -> Capture {
    try SnapshotInput(root: root, options: options).capture(reference)
  }

  private func live() throws(Failure) -> Source {
    do {
      let capture = try LiveKernel(catalog: .besideLeaks).capture().withConfiguration()
      return .stream(TextStream(path: KmemleakFile.file.absolutePath), capture)
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  /// The failure to read kmemleak's own file on this machine.
  static func kmemleak(_ error: any Error) -> Failure {
    guard let error = error as? SourceError else { return Failure(error) }
    let (status, failure): (ExitStatus, LeakInputRefusal.Failure) =
      switch error.kind {
      case .notPermitted: (.notPermitted, .denied)
      case .noSuchInput: (.unavailable, .absent)
      case .badData, .cannotWrite, .usage, .unavailable: (.unavailable, .other)
      }
    return Failure(status: status, LeakInputRefusal.live(failure, error: error.message))
  }
}
