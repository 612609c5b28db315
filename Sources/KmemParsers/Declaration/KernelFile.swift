/// A kernel file as it is known before its text is parsed: where it lies, what reading it costs, and
/// by what its text and its name are told.
///
/// It stands beside the file's parser. `KernelFiles` lists all of them: whoever reads, recognises or
/// parses kernel files goes by that list.
package struct KernelFile: Hashable, Sendable {
  /// Where it lies below the root, without a leading slash: `proc/meminfo`.
  package let path: String
  /// How sentences call the file: its absolute path, where nothing else is given.
  package let words: String
  /// A line of the file, for the sentence that refuses a text which has none of its lines.
  package let example: String
  /// How lists of what kmemcheck understands call the file.
  ///
  /// Nothing for a file that tells too little of memory to be looked at by itself.
  package let title: String?
  /// The word by which any file's name tells that it is this one: `host1-slabinfo.txt`.
  package let nameWord: String?
  /// Names that tell the file only when nothing stands beside them, as they are common words.
  package let names: [String]
  /// What is written in this file and hardly in any other.
  package let marks: [TextMark]
  /// Whether a file without a single line is valid, as an empty module list is.
  package let mayBeEmpty: Bool
  /// What of its text is secret, and so is replaced or taken out by redaction.
  package let secrets: Secrets
  /// Whether the running kernel prints it at this path; others are left there by collectors.
  package let isLive: Bool
  /// What reading it does to the machine.
  package let cost: ReadingCost
  /// Why it is read only when asked for; nothing if it's always read.
  package let reasonToAsk: String?
  /// The most bytes of it that are kept, several times what the largest machines print.
  ///
  /// Rows take up to thirty times their bytes once they're parsed: a stranger's archive of a few
  /// kilobytes must not fill memory with them.
  package let limit: Int

  /// Declares a file; what isn't given is what most files have.
  package init(
    _ path: String, words: String? = nil, example: String = "", title: String? = nil,
    nameWord: String? = nil, names: [String] = [], marks: [TextMark] = [],
    mayBeEmpty: Bool = false, secrets: Secrets = .none, isLive: Bool = true,
    cost: ReadingCost = .cheap,
    reasonToAsk: String? = nil, limit: Int = 4 << 20
  ) {
    self.path = path
    self.words = words ?? "/\(path)"
    self.example = example
    self.title = title ?? nameWord
    self.nameWord = nameWord
    self.names = names
    self.marks = marks
    self.mayBeEmpty = mayBeEmpty
    self.secrets = secrets
    self.isLive = isLive
    self.cost = cost
    self.reasonToAsk = reasonToAsk
    self.limit = limit
  }

  /// Whether it is what a tool prints of kernel files, and so is at no path of a machine.
  package var isForm: Bool { path.hasPrefix("text/") }

  /// The file's path on the running machine.
  package var absolutePath: String { "/\(path)" }

  /// The refusal of a text in which no line is one of this file's.
  func refusal(of text: Span<UInt8>) -> ParseError {
    noLine(of: words, in: text, example: example)
  }
}

/// What reading a kernel file does to the machine.
package enum ReadingCost: String, Hashable, Sendable {
  /// The kernel prints counters that it keeps anyway.
  case cheap
  /// The kernel holds a lock of the allocator while it prints.
  case locks
  /// The read may wait for something that takes seconds, as for a kmemleak scan, or go on for
  /// minutes: the kernel walks all objects anew for each 4 KiB of a kmemleak report.
  case blocking
}
