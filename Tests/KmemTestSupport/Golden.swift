import Foundation

/// Answers written down once, which every later answer is compared with.
package enum Golden {
  /// Whether answers are to be written down anew instead of compared.
  package static let isRecording = ProcessInfo.processInfo.environment["KMEMCHECK_RECORD"] == "1"

  package static func path(_ name: String) -> String { "\(Fixture.folder)/golden/\(name)" }

  /// What is different, as sentences to be read; nothing where the text is the one written down.
  package static func difference(_ name: String, _ text: String) -> String? {
    guard !isRecording else { return record(name, text) }
    guard let data = FileManager.default.contents(atPath: path(name)) else {
      return "Fixtures/golden/\(name) isn't there; KMEMCHECK_RECORD=1 writes it"
    }
    let golden = String(decoding: data, as: UTF8.self)
    guard golden != text else { return nil }
    let (old, new) = (lines(golden), lines(text))
    let index =
      zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    return """
      Fixtures/golden/\(name), line \(index + 1) of \(old.count), is different:
        golden: \(index < old.count ? old[index].debugDescription : "(no line)")
        now:    \(index < new.count ? new[index].debugDescription : "(no line)")
      If the new text is right: KMEMCHECK_RECORD=1 swift test --filter KmemReportTests, then look \
      at git diff.
      """
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func record(_ name: String, _ text: String) -> String {
    let folder = (path(name) as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
      return "recorded Fixtures/golden/\(name): run again without KMEMCHECK_RECORD"
    } catch {
      return "Fixtures/golden/\(name) can't be written: \(error)"
    }
  }
}
