package import KmemParsers

/// What the text of a report held.
package struct LeakTextFacts: Hashable, Sendable {
  /// Counts of lines and objects by what became of them.
  package let counts: KmemleakReader.Counts
  /// Objects that the text holds more than once; each counts once.
  package let repeated: Int64
  /// The lines that couldn't be read, at most a hundred of them.
  package let faults: [Remark]
  /// What the text says of kmemleak itself, in the order of its lines.
  package let statements: [KmemleakStatement]
  /// Records without their first lines, as far as they are kept one by one: a hundred.
  package let headless: [HeadlessLeak]
  /// Records without their first lines, all of them.
  package let headlessCount: Int
  /// Whether the text has more distinct stacks than `stackLimit`, behind which it wasn't read.
  package let isBeyondLimit: Bool
  /// Whether the text is known to be kmemleak's own file, in which silence means that nothing is
  /// listed; a log is silent also where kmemleak never ran.
  package let isOwnFile: Bool

  init(
    _ reader: KmemleakReader, repeated: Int64, headless: [HeadlessLeak], isOwnFile: Bool
  ) {
    counts = reader.counts
    isBeyondLimit = reader.tables.stackCount > Self.stackLimit
    self.repeated = repeated
    faults = reader.remarks
    self.headless = headless
    headlessCount = reader.counts.headless - (reader.headless.count - headless.count)
    self.isOwnFile = isOwnFile
    statements = reader.statements.values.sorted { $0.firstLine < $1.firstLine }
  }

  /// The most distinct stacks that are kept, in some 350 MiB: machines that leak have a few hundred.
  package static let stackLimit = 100_000

  /// Whether it is a report, a log or empty.
  package var isRecognised: Bool {
    counts.headers > 0 || headlessCount > 0 || counts.logLines > 0 || !statements.isEmpty || isEmpty
      || counts.complaint != nil
  }

  /// Whether no line of it holds anything.
  package var isEmpty: Bool {
    counts.headers == 0 && counts.headless == 0 && counts.otherLines == 0
  }

  /// What it says by messages of a meaning.
  package subscript(meaning: KmemleakMessage.Meaning) -> KmemleakStatement? {
    statements.first { $0.meaning == meaning }
  }

  /// Objects that the log says scans found, whether or not it lists them.
  package var announced: Int64 { self[.announced]?.objects ?? 0 }

  /// The line after which kmemleak works again, as another boot began: 0 where none is.
  private var lastStart: Int {
    max(self[.initialized]?.lastLine ?? 0, self[.scannerStarted]?.lastLine ?? 0)
  }

  /// The statements that kmemleak works no more, the cause first; empty where it does or nothing
  /// tells.
  package var failures: [KmemleakStatement] {
    let meanings: [KmemleakMessage.Meaning] = [
      .poolEmpty, .earlyLogExceeded, .overlap, .outOfMemory, .disabled, .disabledWithList,
    ]
    return meanings.compactMap { self[$0] }.filter { $0.lastLine > lastStart }
  }

  /// The statements that kmemleak scans no more by itself, or that its findings may be wrong.
  package var troubles: [KmemleakStatement] {
    let meanings: [KmemleakMessage.Meaning] = [
      .scannerEnded, .noScanner, .noFile, .unreadable, .stuck, .booksWrong,
    ]
    return meanings.compactMap { self[$0] }
      .filter { $0.meaning != .scannerEnded || $0.lastLine > lastStart }
  }
}

/// What is left of a record whose first line is missing.
package struct HeadlessLeak: Hashable, Sendable {
  /// The line at which it begins, counted from 1.
  package let line: Int
  /// The name of the task that allocated the object; nil where the text has none.
  package let comm: String?
  /// The frame that called the allocator; nil if no stack is left, or only its end.
  package let culprit: LeakFrame?
  /// The first frame of what is left of its stack, where that begins above the allocator.
  package let firstOfTail: LeakFrame?
}
