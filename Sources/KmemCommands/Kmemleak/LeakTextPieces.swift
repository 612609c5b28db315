import KmemAnalysis
import KmemIntake
import KmemParsers
import KmemSnapshot
import KmemSources

/// Hands a text that comes in pieces to its readers: kmemleak's, behind what mends texts, and those of
/// programs' leaks.
///
/// What kmemleak's finds is collected on a thread of its own, which is two fifths of the work.
///
/// Of a plain report nothing is to be mended, and none of it is of programs: all readers but kmemleak's are
/// told only how many lines there were.
final class LeakTextPieces {
  private var text = LeakTextReader()
  private let collecting: BatchWorker<LeakReportBuilder, LeakBatch>
  private let programs: ProgramLeakText?
  /// Whether the kernel prints the text now, so that nobody handled it.
  private let isLive: Bool
  private var mender = TextMender()
  private var isAtLineStart = true
  /// The first bytes of the text, mended, by which its kind is told.
  private(set) var beginning: [UInt8] = []
  /// Whether kmemleak's reader wants more.
  private(set) var wantsMore = true

  /// So many bytes tell which kernel file a text is.
  static let longestBeginning = 1 << 16

  init(_ report: LeakReportBuilder, _ programs: ProgramLeakText?, isLive: Bool) {
    collecting = BatchWorker(report) { $0.add($1) }
    self.programs = programs
    self.isLive = isLive
  }

  /// What was mended.
  var remarks: [Remark] { mender.remarks }

  /// Reads the next piece, which may end anywhere.
  func read(_ piece: Span<UInt8>) {
    guard !isLive else { return take(piece) }
    var start = 0
    while start < piece.count {
      let rest = piece.extracting(start..<piece.count)
      let plain = canPass ? readPlain(rest) : 0
      start += plain
      guard plain == 0 else { continue }
      // An object further down may begin as many plain lines as make it worthwhile to look again.
      let lines = isAtLineStart ? rest.kmemleakLines(beyond: Self.enough).end : 0
      let end = rest.beginningOfObject(from: lines)
      mend(rest.extracting(0..<end))
      start += end
    }
  }

  /// Whether plain lines are nobody's but kmemleak's here.
  private var canPass: Bool {
    isAtLineStart && mender.canPass && programs?.canPass != false
  }

  /// So many bytes are looked at where stacks are new, until one may be known again.
  private static let enough = 1 << 14

  /// Reads the plain lines at the beginning of a text, which all other readers are only told of.
  ///
  /// - Returns: where they end.
  private func readPlain(_ text: Span<UInt8>) -> Int {
    var plain = self.text.readKnown(text) { collecting.hand($0) }
    if plain.lines > 0 {
      keepBeginning(text.extracting(0..<plain.end))
    } else {
      plain = text.kmemleakLines(beyond: Self.enough)
      if plain.lines > 0 { take(text.extracting(0..<plain.end)) }
    }
    mender.pass(lines: plain.lines)
    programs?.pass(lines: plain.lines)
    return plain.end
  }

  /// Ends the text.
  func finish() {
    mender.finish { takeMended($0) }
    programs?.finish()
  }

  /// The report, once the text has ended.
  func report(_ snapshot: Snapshot) -> LeakReport {
    let reader = text.finish { collecting.hand($0) }
    var report = collecting.end()
    return report.report(snapshot, of: reader)
  }

  private func mend(_ piece: Span<UInt8>) {
    programs?.read(piece)
    mender.read(piece) { takeMended($0) }
    isAtLineStart = piece[piece.count - 1] == UInt8(ascii: "\n")
  }

  private func takeMended(_ piece: Span<UInt8>) {
    take(piece)
    programs?.read(mended: piece)
  }

  private func keepBeginning(_ piece: Span<UInt8>) {
    for index in 0..<min(piece.count, Self.longestBeginning - beginning.count) {
      beginning.append(piece[index])
    }
  }

  private func take(_ piece: Span<UInt8>) {
    keepBeginning(piece)
    wantsMore = text.read(piece) { collecting.hand($0) }
  }
}
