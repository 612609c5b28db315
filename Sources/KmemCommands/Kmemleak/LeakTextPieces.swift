import KmemAnalysis
import KmemIntake
import KmemParsers
import KmemSources

/// Hands a text that comes in pieces to its readers: kmemleak's on a thread of its own, behind what mends
/// texts, and those of programs' leaks.
///
/// Of a plain report nothing is to be mended, and none of it is of programs: its lines are found in one
/// pass, and all readers but kmemleak's are told how many there were.
final class LeakTextPieces {
  private let text: PieceReader<LeakReportBuilder>
  private let programs: ProgramLeakText?
  /// Whether the kernel prints the text now, so that nobody handled it.
  private let isLive: Bool
  private var mender = TextMender()
  private var isAtLineStart = true
  /// The first bytes of the text, mended, by which its kind is told.
  private(set) var beginning: [UInt8] = []
  /// Whether kmemleak's reader wants more, as far as that is known by now.
  private(set) var wantsMore = true

  /// So many bytes tell which kernel file a text is.
  static let longestBeginning = 1 << 16

  init(_ text: PieceReader<LeakReportBuilder>, _ programs: ProgramLeakText?, isLive: Bool) {
    self.text = text
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
      let plain = isAtLineStart ? rest.kmemleakLines : (end: 0, lines: 0)
      if plain.lines > 0, mender.canPass, programs?.canPass != false {
        mender.pass(lines: plain.lines)
        programs?.pass(lines: plain.lines)
        take(rest.extracting(0..<plain.end))
        start += plain.end
      } else {
        // An object further down may begin as many plain lines as make it worthwhile to look again.
        let end = rest.beginningOfObject(from: plain.end)
        mend(rest.extracting(0..<end))
        start += end
      }
    }
  }

  /// Ends the text.
  func finish() {
    mender.finish { takeMended($0) }
    programs?.finish()
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

  private func take(_ piece: Span<UInt8>) {
    for index in 0..<min(piece.count, Self.longestBeginning - beginning.count) {
      beginning.append(piece[index])
    }
    wantsMore = text.read(piece)
  }
}
