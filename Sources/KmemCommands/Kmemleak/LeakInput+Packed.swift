import KmemAnalysis
import KmemSnapshot
import KmemSources

extension LeakInput {
  /// The capture that the reference names, or the leak report of a program that is packed alone, as CI
  /// keeps logs.
  ///
  /// - Throws: `Failure` if it's neither.
  func wholeOrPacked() throws(Failure) -> Capture {
    do {
      return try whole()
    } catch {
      guard let text = packedReport else { throw error }
      var capture = Capture(origin: reference, kind: .file)
      capture.sources["var/log/dmesg"] = SourceReading(outcome: .read, bytes: text)
      return capture
    }
  }

  private var packedReport: [UInt8]? {
    let packed = try? SmallFile(reference, limit: 256 << 20).bytes()
    guard let packed, let bytes = try? decompressed(packed), bytes != packed else { return nil }
    let text = ProgramLeakText()
    text.read(bytes.span)
    text.finish()
    return text.isRecognised ? bytes : nil
  }
}
