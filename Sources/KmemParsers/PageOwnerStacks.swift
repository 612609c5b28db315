/// How many pages each allocation stack holds: the files of `/sys/kernel/debug/page_owner_stacks`.
///
/// Written by `mm/page_owner.c` with `CONFIG_PAGE_OWNER` and `page_owner=on`; root only.
/// `show_stacks` since 6.9, `show_handles` and `show_stacks_handles` since 6.19.
package struct PageOwnerStacks: Hashable, Sendable {
  /// One stack.
  package struct Stack: Hashable, Sendable {
    /// The frames, innermost first; none in `show_handles`.
    package fileprivate(set) var frames: [KmemleakFrame] = []
    /// The number of the stack within this boot; only the two files of 6.19 have it.
    package fileprivate(set) var handle: UInt64?
    /// Pages of the base size that are held; nothing where the file has no such number.
    package fileprivate(set) var pages: UInt64?
    /// Allocations held, of whatever order: what 6.9 printed in place of pages.
    package fileprivate(set) var allocations: UInt64?

    /// Whether it is more than frames.
    fileprivate var isNumbered: Bool { handle != nil || pages != nil || allocations != nil }
  }

  /// The stacks in the file's order.
  package internal(set) var stacks: [Stack] = []
  /// The lines that were passed over, with the reason.
  package internal(set) var remarks: [Remark] = []

  init() {}

  /// Parses the contents of one of the files; one without a stack is empty, and refused.
  ///
  /// - Throws: `ParseError` if no line of the text is one of these files'.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// The numbers of `show_handles` with the frames that `show_stacks_handles` gives them.
  package func named(by other: PageOwnerStacks) -> PageOwnerStacks {
    let frames = Dictionary(
      other.stacks.compactMap { stack in stack.handle.map { ($0, stack.frames) } }
    ) { first, _ in first }
    var named = self
    for index in stacks.indices where stacks[index].frames.isEmpty {
      named.stacks[index].frames = stacks[index].handle.flatMap { frames[$0] } ?? []
    }
    return named
  }
}

extension PageOwnerStacks: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "\(directory)/show_stacks", words: "page_owner_stacks", example: "nr_base_pages: 500",
    title: "page_owner_stacks", names: ["show_stacks"], secrets: .stacks,
    cost: .blocking, limit: 64 << 20)

  /// The directory of the files that sum pages by stack.
  package static let directory = "sys/kernel/debug/page_owner_stacks"
  /// The handles of stacks with their numbers of pages (6.19).
  package static let handles = "\(directory)/show_handles"
  /// The stacks by their handles (6.19).
  package static let handleNames = "\(directory)/show_stacks_handles"
  /// Where a capture has the sums of a list of pages that was too large to keep.
  ///
  /// They are derived, and written as `show_stacks` prints.
  package static let derived = "kmemcheck/page_owner_stacks"
}

extension PageOwnerStacks.Stack {
  init(frames: [KmemleakFrame], pages: UInt64, allocations: UInt64) {
    self.frames = frames
    self.pages = pages
    self.allocations = allocations
  }
}

extension PageOwnerStacks {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var stack = Stack()
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      if line.isEmpty {
        add(&stack, before: lines.number)
      } else if !stack.read(line) {
        guard let frame = KmemleakFrame(line, isSure: false) else {
          remarks.note(line: lines.number, "neither a frame nor a number of a stack")
          continue
        }
        // Copies lose empty lines; a frame behind a number begins the next stack all the same.
        if stack.isNumbered { add(&stack, before: lines.number) }
        stack.frames.append(frame)
      }
    }
    add(&stack, before: lines.number)
    guard !stacks.isEmpty else {
      throw Self.file.refusal(of: text)
    }
  }

  private mutating func add(_ stack: inout Stack, before line: Int) {
    if stack.isNumbered {
      stacks.append(stack)
    } else if !stack.frames.isEmpty {
      remarks.note(line: line, "a stack without a number, which is passed over")
    }
    stack = Stack()
  }
}

extension PageOwnerStacks.Stack {
  /// Reads a `key: number` line; false if it is none.
  fileprivate mutating func read(_ line: Span<UInt8>) -> Bool {
    guard let colon = line.offset(of: ": "),
      let number = line.extracting((colon + 2)..<line.count).trimmed().decimal
    else { return false }
    let key = line.extracting(0..<colon)
    if key.equals("nr_base_pages") {
      pages = number
    } else if key.equals("stack_count") {
      allocations = number
    } else if key.equals("handle") {
      handle = number
    } else {
      return false
    }
    return true
  }
}
