/// A line that kmemleak writes into the kernel's log, besides the objects themselves.
///
/// The one table of them: what `mm/kmemleak.c` prints from 2.6.31 to 7.x, and what shows in the log
/// or at the prompt that kmemleak came to nothing. Since 2.6.31 `kmemleak: ` stands before each.
package struct KmemleakMessage: Hashable, Sendable {
  /// What a message means to whoever wants to know of leaks.
  package enum Meaning: String, Hashable, Sendable, CaseIterable {
    /// A scan found objects that no scan before it had found; they are listed in kmemleak's file.
    case announced
    /// kmemleak works, at the end of booting.
    case initialized
    /// kmemleak is off until the next boot, for whatever reason.
    case disabled
    /// kmemleak is off, and its file still lists what was found before.
    case disabledWithList = "disabled with its list"
    /// The pool of memory for kmemleak's own objects ran empty, which disables it.
    case poolEmpty = "pool empty"
    /// More was allocated before kmemleak began than its early log holds, which disables it.
    case earlyLogExceeded = "early log exceeded"
    /// Two objects that are tracked overlap, which disables kmemleak.
    case overlap
    /// There was no memory for one of kmemleak's own objects, which disables it.
    case outOfMemory = "out of memory"
    case scannerStarted = "scanner started"
    /// The thread that scans every ten minutes ended: it was stopped, or kmemleak was disabled.
    case scannerEnded = "scanner ended"
    /// The thread that scans couldn't be made.
    case noScanner = "no scanner"
    /// kmemleak's file couldn't be made, so that nobody can read its list.
    case noFile = "no file"
    /// A reader of kmemleak's file got an error instead of the list.
    case unreadable
    /// The watchdogs found kmemleak's own thread stuck.
    case stuck
    /// kmemleak's books of what is allocated have a fault, so that its findings may be wrong.
    case booksWrong = "books wrong"
    /// Nothing that tells of leaks, or whether they are looked for.
    case aside
  }

  /// The part of the line by which it is known.
  package let text: String
  /// What it means.
  package let meaning: Meaning
  /// The first release that prints it.
  package let first: String
  /// The last release that prints it; nil where the latest still does.
  package let last: String?
  /// Whether the text is kmemleak's only in a line that names kmemleak, as others print it too.
  let needsName: Bool

  private init(
    _ meaning: Meaning, _ text: String, _ first: String = "2.6.31", to last: String? = nil,
    needsName: Bool = false
  ) {
    self.text = text
    self.meaning = meaning
    self.first = first
    self.last = last
    self.needsName = needsName
  }

  /// All messages; where one is a part of another, the longer comes first.
  package static let all: [KmemleakMessage] = [
    Self(.announced, " new suspected memory leaks"),
    Self(.initialized, "Kernel memory leak detector initialized"),
    Self(.disabled, "Kernel memory leak detector disabled"),
    // What syzkaller says where it finds kmemleak's file and can't use it.
    Self(.disabled, "KMEMLEAK disabled"),
    Self(.disabledWithList, "Kmemleak disabled without freeing internal data", "3.15"),
    Self(.poolEmpty, "Memory pool empty", "5.4"),
    Self(.earlyLogExceeded, "Early log buffer exceeded", to: "5.3"),
    // "(already existing)" up to 3.6, "(overlaps existing)" since.
    Self(.overlap, "into the object search tree"),
    Self(.outOfMemory, "Cannot allocate a kmemleak_object structure"),
    Self(.scannerStarted, "Automatic memory scanning thread started"),
    Self(.scannerEnded, "Automatic memory scanning thread ended"),
    Self(.noScanner, "Failed to create the scan thread", needsName: true),
    Self(.noFile, "Failed to create the debugfs kmemleak file", to: "5.0"),
    Self(.stuck, "[kmemleak:"), Self(.stuck, "INFO: task kmemleak:"),
    Self(.booksWrong, "Found object by alias", needsName: true),
    Self(.booksWrong, "reeing unknown object", needsName: true),
    Self(.booksWrong, "Trying to color unknown object", "2.6.32", needsName: true),
    Self(.booksWrong, "Graying unknown object", to: "2.6.31", needsName: true),
    Self(.booksWrong, "Blacking unknown object", to: "2.6.31", needsName: true),
    Self(.booksWrong, "Adding scan area to unknown object", needsName: true),
    Self(.booksWrong, "Scan area larger than object", needsName: true),
    Self(.booksWrong, "Not scanning unknown object", needsName: true),
    Self(.booksWrong, "Setting excess_ref on unknown object", "4.13", needsName: true),
    Self(.booksWrong, "Updating stack trace for unknown object", "3.16", needsName: true),
    Self(.aside, "Cannot allocate a scan area", needsName: true),
    Self(.aside, "Failed to create the clean-up thread", to: "2.6.31", needsName: true),
    Self(.aside, "Unknown object at 0x", "2.6.32", needsName: true),
    Self(.aside, "Early log backtrace", "3.2", to: "5.3", needsName: true),
    // The first candidates took a report back so.
    Self(.aside, "kmemleak: referenced object 0x", to: "2.6.31"),
  ]

  /// The message that a line is, or nil if it is none.
  package static func message(in line: Span<UInt8>) -> KmemleakMessage? {
    guard line.mayBeMessage else { return nil }
    for (message, text) in searched where line.offset(ofBytes: text) != nil {
      if !message.needsName || line.offset(of: "kmemleak: ") != nil { return message }
    }
    return line.isRefusedReading ? unreadable : nil
  }

  /// What `cat` says where kmemleak's file can't be read.
  private static let unreadable = Self(.unreadable, "debug/kmemleak: ")

  private static let searched = all.map { ($0, Array($0.text.utf8)) }
}

/// What a text says of kmemleak by messages of one meaning.
package struct KmemleakStatement: Hashable, Sendable {
  /// What they mean.
  package let meaning: KmemleakMessage.Meaning
  /// The line of the first one, counted from 1.
  package let firstLine: Int
  /// The line of the last one.
  package internal(set) var lastLine: Int
  /// The text of the last one, without what the log puts before it.
  package internal(set) var text: String
  /// How many there are.
  package internal(set) var count: Int64
  /// How many objects they announce together.
  package internal(set) var objects: Int64
}

extension Span<UInt8> {
  /// Whether the line has one of the few parts without which it is no message: most lines of a log
  /// have none.
  fileprivate var mayBeMessage: Bool {
    offset(of: "mem") != nil || offset(of: "Mem") != nil || offset(of: "MEMLEAK") != nil
      || offset(of: "Early log") != nil
      || offset(of: "search tree") != nil
  }

  /// Whether the line is what a program says that couldn't read kmemleak's file.
  fileprivate var isRefusedReading: Bool {
    guard let place = offset(of: "debug/kmemleak") else { return false }
    let rest = extracting(place..<count)
    return isErrorMessage(rest) || rest.offset(of: "resource busy") != nil
  }

  /// The offset of the first occurrence of the bytes.
  func offset(ofBytes bytes: [UInt8]) -> Int? {
    guard let first = bytes.first else { return nil }
    var start = offset(ofByte: first)
    while start &+ bytes.count <= count {
      var length = 1
      while length < bytes.count, self[start &+ length] == bytes[length] { length &+= 1 }
      if length == bytes.count { return start }
      start = offset(ofByte: first, from: start &+ 1)
    }
    return nil
  }
}
