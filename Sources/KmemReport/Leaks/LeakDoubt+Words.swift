import KmemAnalysis
import KmemParsers

extension LeakDoubt {
  /// Why nothing found is no evidence, as a sentence without its full stop.
  var words: String {
    switch self {
    case .trouble(let trouble): trouble.words
    case .fewScans(let complete): "only \(complete) of the 2 scans needed were complete"
    case .disabledBeforeEnd: "kmemleak was disabled before the end"
    case .alarm(let line): "kernel log: \(line)"
    case .unreadable(let objects, let all):
      "\(objects) of \(all) objects of the report can't be read"
    case .headless(let objects, let first): Self.headless(objects, first)
    case .announced(let statement): statement.words + ", and the text lists none of them"
    case .said(let statement): statement.words
    case .saysNoFind(let statement):
      "\(statement.words), and the log tells of no find. It tells of finds only, so that nothing "
        + "shows whether a scan was made"
    case .silent: "this is a kernel log, and nothing here says that kmemleak ran"
    case .complaint(let complaint): "it holds \(complaint.words)"
    case .shortages(let count):
      "it reports \(count == 1 ? "once" : "\(count) times") that memory ran short: kmemcheck show "
        + "tells why"
    case .foreign(let lines):
      "the text is none of kmemleak's: \(lines) \(lines == 1 ? "line" : "lines"), none of which is "
        + "an object's"
    case .empty:
      "the text is empty, as the output of a command that failed would be too. If it is kmemleak's "
        + "own file, which lists nothing, say so with --report"
    }
  }

  private static func headless(_ objects: Int, _ first: HeadlessLeak?) -> String {
    let records = objects == 1 ? "a record has" : "\(objects) records have"
    let what = "\(records) no first line, which holds the address and the size"
    return first.map { "\(what) (\($0.words))" } ?? what
  }
}

extension HeadlessLeak {
  /// What is left of the record: `line 1: allocated by bpf_prog_create+0x4f/0xd0`.
  var words: String {
    if let first = firstOfTail {
      return "line \(line): the end of its stack, from \(first.culprit)"
    }
    let task = comm.map { " in \($0)" } ?? ""
    return "line \(line): allocated\(task) by \(culprit?.culprit ?? "unknown code")"
  }
}

extension KmemleakStatement {
  /// Where the text says it: `line 1`, or `lines 1 to 9`.
  private var place: String {
    firstLine == lastLine ? "line \(firstLine)" : "lines \(firstLine) to \(lastLine)"
  }

  /// What kmemleak says, as a sentence without its full stop.
  var words: String { "\(what) (\(place))" + (meaning.hint.map { ", \($0)" } ?? "") }

  private var what: String {
    switch meaning {
    case .announced:
      "the log announces \(LeakFormat.objects(objects)) as unreferenced"
    case .initialized: "kmemleak was ready at the end of booting"
    case .disabled: "kmemleak is disabled"
    case .disabledWithList: "kmemleak is disabled, and its list kept"
    case .poolEmpty: "kmemleak's memory pool ran empty"
    case .earlyLogExceeded: "kmemleak's early log overflowed"
    case .overlap: "objects that kmemleak tracks overlap"
    case .outOfMemory: "kmemleak got no memory for its own objects"
    case .scannerStarted: "kmemleak's scanner started"
    case .scannerEnded: "kmemleak's scanner ended"
    case .noScanner: "kmemleak's scanner couldn't be started"
    case .noFile: "kmemleak's file couldn't be made"
    case .unreadable: "kmemleak's file couldn't be read: \"\(text)\""
    case .stuck: "kmemleak's thread was stuck"
    case .booksWrong: "kmemleak's books of allocations have a fault: \"\(text)\""
    case .aside: "kmemleak: \(text)"
    }
  }
}

extension KmemleakMessage.Meaning {
  /// What follows from it, or where to look.
  fileprivate var hint: String? {
    switch self {
    case .announced: "which that machine lists in \(KmemleakFile.file.absolutePath)"
    case .poolEmpty:
      "which disables it until the next boot: build with a larger "
        + "CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE (16000 by default)"
    case .earlyLogExceeded:
      "which disables it until the next boot: build with a larger "
        + "CONFIG_DEBUG_KMEMLEAK_EARLY_LOG_SIZE (400 by default; "
        + "CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE since 5.4)"
    case .overlap:
      "which disables it until the next boot: memory was freed twice, or given to kmemleak twice, by "
        + "the code in the stack below"
    case .outOfMemory: "which disables it until the next boot: memory was short"
    case .scannerEnded: "so that nothing scans but who asks for it"
    case .disabledWithList: "which \(KmemleakFile.file.absolutePath) still has"
    case .initialized, .disabled, .scannerStarted, .noScanner, .noFile, .unreadable, .stuck,
      .booksWrong, .aside:
      nil
    }
  }
}
