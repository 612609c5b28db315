/// Makes events of the elements of Valgrind's XML (`docs/internals/xml-output-protocol4.txt` and its
/// like, protocols 4 to 6), which the caller takes apart.
package struct ValgrindDocument: Sendable {
  private var path: [String] = []
  private var process: Int64?
  private var tool = ""
  private var checksLeaks = false
  private var command: [String] = []
  private var isFinished = false
  private var hasLeaks = false
  private var error = OpenError()
  private var frame = ProgramFrame()
  private let line: Int

  private struct OpenError: Sendable {
    var kind = ""
    var what = ""
    var bytes: Int64 = 0
    var blocks: Int64 = 0
    var stacks = 0
    var frames: [ProgramFrame] = []
    var line = 0
  }

  /// A document that begins at a line of the text.
  package init(line: Int) { self.line = line }

  /// Whether the document's last element was closed.
  package private(set) var isComplete = false

  /// Takes the beginning of an element.
  package mutating func open(_ name: String, line: Int) {
    path.append(name)
    switch name {
    case "error":
      error = OpenError()
      error.line = line
    case "stack": error.stacks += 1
    case "frame": frame = ProgramFrame()
    default: break
    }
  }

  /// Takes the end of the innermost element, with the text in it.
  package mutating func close(_ text: String, _ receive: ProgramLeakReader.Receiver) {
    guard let name = path.popLast() else { return }
    switch path.last {
    case "frame": takeFrame(name, text)
    case "error": takeError(name, text)
    case "xwhat", "what": takeWhat(name, text)
    case "argv", "vargv": takeArgument(text)
    case "stack" where name == "frame" && error.stacks == 1 && error.frames.count < 500:
      error.frames.append(frame)
    case "status" where name == "state": isFinished = text == "FINISHED"
    case "valgrindoutput": takePart(name, text, receive)
    case nil: end(receive)
    default: break
    }
  }

  private mutating func takeFrame(_ name: String, _ text: String) {
    switch name {
    case "fn": frame.function = text
    case "obj": frame.object = text
    case "file": frame.file = text
    case "line": frame.line = Int(text)
    default: break
    }
  }

  private mutating func takeError(_ name: String, _ text: String) {
    if name == "kind" { error.kind = text }
    if name == "what" { error.what = text }
  }

  private mutating func takeWhat(_ name: String, _ text: String) {
    switch name {
    case "text": error.what = text
    case "leakedbytes": error.bytes = Int64(text) ?? 0
    case "leakedblocks": error.blocks = Int64(text) ?? 0
    default: break
    }
  }

  private mutating func takeArgument(_ text: String) {
    if path.last == "argv", command.count < 100 { command.append(text) }
    if text == "--leak-check=full" || text == "--leak-check=yes" { checksLeaks = true }
  }

  private mutating func takePart(
    _ name: String, _ text: String, _ receive: ProgramLeakReader.Receiver
  ) {
    switch name {
    case "pid": process = Int64(text)
    case "tool":
      tool = text
      receive(tool == "memcheck" ? .began(.valgrind, process: process) : .otherTool(tool))
    case "args" where tool == "memcheck":
      receive(.command(command.joined(separator: " "), process: process))
    case "error": endError(receive)
    default: break
    }
  }

  private mutating func endError(_ receive: ProgramLeakReader.Receiver) {
    let kinds: [String: ProgramLeakKind] = [
      "Leak_DefinitelyLost": .definitelyLost, "Leak_IndirectlyLost": .indirectlyLost,
      "Leak_PossiblyLost": .possiblyLost, "Leak_StillReachable": .stillReachable,
    ]
    guard let kind = kinds[error.kind] else {
      // An element of the same name in another tool's XML has no kind.
      if !error.kind.isEmpty {
        receive(.error(error.what.isEmpty ? error.kind : error.what, process: process))
      }
      return
    }
    hasLeaks = hasLeaks || kind.isLeak
    // The number of bytes has those that are lost indirectly too, which the sentence tells apart.
    let words = Array(error.what.utf8)
    let header = LossHeader(words.span)
    var record = ProgramLeakRecord(
      .valgrind, process: process, kind: kind,
      amount: header?.amount ?? ProgramLeakAmount(bytes: error.bytes, blocks: error.blocks),
      line: error.line)
    record.indirectBytes = header?.indirectBytes ?? 0
    record.isLast = header?.isLast ?? false
    record.frames = error.frames
    receive(.record(record))
  }

  /// A program that ended, and was checked for leaks, and has none, leaks nothing.
  private mutating func end(_ receive: ProgramLeakReader.Receiver) {
    isComplete = true
    if tool == "memcheck", isFinished, checksLeaks, !hasLeaks {
      receive(.clean(.valgrind, process: process))
    }
  }
}
