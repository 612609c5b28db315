import KmemAnalysis
import KmemParsers
import KmemSources

/// What a text says of programs' leaks, collected while it is read beside kmemleak's reader.
///
/// It's read as it is, and as the intake mends it: what the mender takes for HTML or Markdown may be a
/// C++ name. The reading that understands more counts.
final class ProgramLeakText {
  private let plain = ProgramLeakReading()
  private let mended = ProgramLeakReading()

  /// Reads the next piece as it is, which may end anywhere.
  func read(_ piece: Span<UInt8>) { plain.read(piece) }

  /// Reads the next piece as it was mended.
  func read(mended piece: Span<UInt8>) { mended.read(piece) }

  /// Whether lines of a kmemleak report change nothing of what is read.
  var canPass: Bool { plain.canPass && mended.canPass }

  /// Passes over so many whole lines of a kmemleak report, where it can.
  func pass(lines: Int) {
    plain.pass(lines: lines)
    mended.pass(lines: lines)
  }

  /// Ends the text.
  func finish() {
    plain.finish()
    mended.finish()
  }

  private var best: ProgramLeakReading {
    let (first, second) = (plain.collector.understood, mended.collector.understood)
    return second > first ? mended : plain
  }

  /// Whether the text holds anything of a tool that looks for faults of programs' memory.
  var isRecognised: Bool { best.collector.isRecognised }

  /// Whether the text is XML that was read as it is, whatever the mender took its entities for.
  var isOwnMarkup: Bool { best === plain && plain.hasMarkup }

  /// The report, once the text has ended.
  func report(
    name: String, rules: [Suppression] = [], frameRules: FrameRules,
    baseline: ProgramLeakReport? = nil
  ) -> ProgramLeakReport {
    best.collector.report(name: name, rules: rules, frameRules: frameRules, baseline: baseline)
  }
}

/// One reading of a text.
private final class ProgramLeakReading {
  private var reader = ProgramLeakReader()
  private(set) var collector = ProgramLeakCollector()
  private let markup = ValgrindXML()
  private(set) var hasMarkup = false

  func read(_ piece: Span<UInt8>) {
    reader.read(piece) { take($0) }
  }

  var canPass: Bool { reader.canPass }

  func pass(lines: Int) { reader.pass(lines: lines) }

  func finish() {
    reader.finish { take($0) }
    if let fault = markup.end() { collector.add(fault) }
  }

  private func take(_ event: ProgramLeakEvent) {
    guard case .markup(let line, let number) = event else { return collector.add(event) }
    hasMarkup = true
    let fault = markup.read(line, number: number) { collector.add($0) }
    if let fault { collector.add(fault) }
  }
}
