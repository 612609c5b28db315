internal import Glibc
import KmemReport
import KmemSources
import SystemPackage
internal import KmemSnapshot

/// Writes answers to standard output and remarks to standard error.
enum Output {
  /// Writes an answer to standard output or to a file, and ends the command with the answer's status.
  ///
  /// Nothing else chooses between JSON and text.
  ///
  /// - Throws: `Failure` if it can't be written, `ExitCode` if its status isn't done.
  static func answer(
    _ answer: Answer, _ options: CommonOptions, to file: String? = nil,
    brief: BriefOptions? = nil
  ) throws {
    if let brief, brief.isBrief, !options.json {
      let line = answer.brief?() ?? BriefLine.text(ofAnswer: answer.text(.plain))
      try self.answer(brief.line(line, answer.status))
      return try brief.status(answer.status).end()
    }
    // Text in a file has neither colours nor a terminal's width.
    let style = file == nil ? options.style : Style.plain
    if let file, file != "-" {
      try write(options.json ? answer.json().text : answer.text(style), to: file)
    } else if options.json {
      try self.answer(answer.json())
    } else {
      try self.answer(answer.text(style))
    }
    try (brief?.status(answer.status) ?? answer.status).end()
  }

  /// Writes text to standard output, whole: one part of an answer that has several.
  ///
  /// - Throws: `Failure` if standard output takes no more, as on a full disk.
  static func answer(_ text: String) throws(Failure) { try answer(Array(text.utf8)) }

  /// Writes bytes to standard output.
  ///
  /// - Throws: `Failure` if standard output takes no more.
  static func answer(_ bytes: [UInt8]) throws(Failure) {
    do {
      try FileDescriptor.standardOutput.writeAll(bytes)
    } catch {
      throw Failure(status: .cannotWrite, OutputRefusal.standardOutput(error: "\(error)"))
    }
  }

  /// Writes a document to standard output, piece by piece.
  ///
  /// - Throws: `Failure` if standard output takes no more.
  private static func answer(_ document: JSONValue) throws(Failure) {
    do {
      try JSONWriter.write(document) { try FileDescriptor.standardOutput.writeAll($0) }
    } catch {
      throw Failure(status: .cannotWrite, OutputRefusal.standardOutput(error: "\(error)"))
    }
  }

  /// Writes a document to a file, which is made anew, its owner's alone: it names processes and files.
  ///
  /// A link that somebody else placed there isn't followed; the mode of a file that exists stays.
  ///
  /// - Throws: `Failure` if it can't be written.
  static func write(_ text: String, to path: String) throws(Failure) {
    try write(to: path) { try $0(Array(text.utf8)) }
  }

  /// The same of a document that is written piece by piece.
  ///
  /// - Throws: `Failure` if it can't be written.
  static func write(_ document: JUnit, to path: String) throws(Failure) {
    try write(to: path) { try document.write(to: $0) }
  }

  private static func write(
    to path: String, _ document: (_ sink: ([UInt8]) throws -> Void) throws -> Void
  ) throws(Failure) {
    do {
      let file = try OutputFile.open(path)
      defer { try? file.close() }
      try document { try file.writeAll($0) }
    } catch {
      throw Failure(status: .cannotWrite, OutputRefusal.file(path: path, error: "\(error)"))
    }
  }

  /// Checks that the folder is there in which a file is to be, before what takes long.
  ///
  /// - Throws: `Failure` if it isn't.
  static func checkFolder(of path: String) throws(Failure) {
    let folder = FilePath(path).removingLastComponent()
    guard !folder.isEmpty, !LiveFacts.isDirectory(folder.string) else { return }
    throw Failure(
      status: .cannotWrite,
      OutputRefusal.file(path: path, error: "\(Errno.noSuchFileOrDirectory)"))
  }

  /// Writes pictures to an SVG file, one below the other; no file where there is nothing to draw.
  ///
  /// - Throws: `Failure` if it can't be written.
  static func draw(_ figures: [Figure?], to path: String) throws(Failure) {
    let figures = figures.compactMap(\.self)
    guard !figures.isEmpty else {
      return remark("kmemcheck: \(OutputRefusal.nothingToDraw(path: path).sentence)")
    }
    try write(SVGFile(figures).text, to: path)
  }

  /// Writes a sentence to standard error; one that can't be written is lost.
  static func remark(_ sentence: String) {
    _ = try? FileDescriptor.standardError.writeAll(Array((TerminalText.safe(sentence) + "\n").utf8))
  }

  /// Writes a text of several lines to standard error, each of them made safe.
  static func remark(lines text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      remark(String(line))
    }
  }

  /// Draws a screen over the one before, line by line, so that it neither flickers nor scrolls
  /// away.
  ///
  /// - Throws: `Failure` if the terminal takes no more.
  static func redraw(_ text: String) throws(Failure) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // A line below the last of the screen would push the first one out.
    let shown = lines.prefix(max(1, height - 1)).map { $0 + "\u{1B}[K" }.joined(separator: "\n")
    try answer("\u{1B}[H" + shown + "\u{1B}[J")
  }

  /// Removes the screen that was drawn, line by line.
  ///
  /// Some terminals keep a screen that is cleared at once, as lines that scrolled away.
  ///
  /// - Throws: `Failure` if the terminal takes no more.
  static func clear() throws(Failure) {
    let lines = String(repeating: "\u{1B}[2K\u{1B}[B", count: height)
    try answer("\u{1B}[H\(lines)\u{1B}[H")
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The columns of the terminal; nil where the output is a file or a pipe.
  static var width: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    let answered = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    return answered && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// The lines of the terminal.
  static var height: Int {
    var size = winsize()
    let answered = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    return answered && size.ws_row > 0 ? Int(size.ws_row) : 24
  }
}
