import KmemParsers

/// A function that the user's own code calls in place of an allocator, so that a leak is its caller's.
package struct FrameRule: Hashable, Sendable {
  /// The function's name, in which `*` stands for any text; a module may follow in brackets.
  package let pattern: String
  /// Where the rule stands: `--skip-frame`, or a file with its line.
  package let place: String

  /// Makes a rule of what a user wrote.
  ///
  /// - Throws: `Refusal` if the text is no pattern, or one that fits every function.
  package init(_ text: String, place: String) throws(Refusal) {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard let name = words.first, words.count == 1 || words.count == 2 && words[1].first == "["
    else { throw Refusal(place: place, reason: .noName(text)) }
    guard name.contains(where: { $0 != "*" && $0 != "." }) else {
      throw Refusal(place: place, reason: .skipsEverything(text))
    }
    pattern = words.joined(separator: " ")
    self.place = place
  }

  /// Whether the rule means the frame.
  func fits(_ frame: LeakFrame) -> Bool {
    guard let symbol = frame.symbol else { return false }
    return NamePattern.matches(pattern, LeakFrame.withoutCompilerSuffix(symbol))
      || NamePattern.matches(pattern, frame.name)
  }

  /// Whether the rule means the frame of a program, with or without its arguments.
  func fits(_ frame: ProgramLeakFrame) -> Bool {
    frame.names.contains { NamePattern.matches(pattern, $0) }
  }

  /// Why a rule is refused, and where.
  package struct Refusal: Error, Hashable, Sendable {
    /// The file and the line, or the option.
    package let place: String
    /// What is wrong there.
    package let reason: Reason

    /// What is wrong with a rule.
    package enum Reason: Hashable, Sendable {
      /// The text is no function's name.
      case noName(String)
      /// Every function has such a name, so that nothing would be left to name.
      case skipsEverything(String)
    }
  }
}

extension FrameRules {
  /// The frames of a program, each with what passes it over.
  ///
  /// A language's own library is passed over only where something below it may be to blame. A
  /// sanitizer's first frame is its own stand-in for the allocator, also where no name is known.
  func marking(_ frames: [ProgramFrame], of tool: ProgramLeakTool) -> [ProgramLeakFrame] {
    var marked = frames.map { frame in
      var frame = ProgramLeakFrame(frame)
      if frame.passedOver == nil, let rule = rules.first(where: { $0.fits(frame) }) {
        frame.passedOver = .rule(rule)
      }
      return frame
    }
    if tool == .sanitizer, let first = marked.first, first.place.function == nil {
      marked[0].passedOver = marked[0].passedOver ?? .allocator
    }
    marked = ProgramWrappers.marking(marked)
    let open = marked.indices.filter { marked[$0].passedOver == nil }
    let own = open.first { !marked[$0].isStandardLibrary && !marked[$0].isUnknown }
    for index in open where own.map({ index < $0 }) == true && marked[index].isStandardLibrary {
      marked[index].passedOver = .allocator
    }
    return marked
  }
}

/// A text of rules for frames: a pattern on each line, and comments behind `#`.
package struct FrameRuleFile: Sendable {
  /// The rules in the order in which the text has them.
  package private(set) var rules: [FrameRule] = []

  /// Reads a text; `name` is the file's, for messages.
  ///
  /// - Throws: `FrameRule.Refusal` at the first line that is no rule.
  package init(_ text: String, name: String) throws(FrameRule.Refusal) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let rule = line.prefix { $0 != "#" }
      guard rule.contains(where: { $0 != " " && $0 != "\t" }) else { continue }
      let words = rule.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
      rules.append(try FrameRule(words, place: "\(name):\(index + 1)"))
    }
  }
}

/// The frames that are never to blame: the allocators', and those that the user names.
package struct FrameRules: Hashable, Sendable {
  /// The user's rules, in the order in which they were given.
  package let rules: [FrameRule]

  /// The built-in list, with the user's rules beside it.
  package init(_ rules: [FrameRule] = []) { self.rules = rules }

  /// The frames, each with what passes it over.
  func marking(_ frames: [LeakFrame]) -> [LeakFrame] {
    var frames = OwnWrappers.marking(frames)
    if let last = frames.last, last.mayBeCulprit, last.mayBeCutAllocator {
      frames[frames.count - 1].passedOver = .allocator
    }
    guard !rules.isEmpty else { return frames }
    return frames.map { frame in
      guard frame.mayBeCulprit, let rule = rules.first(where: { $0.fits(frame) }) else {
        return frame
      }
      var frame = frame
      frame.passedOver = .rule(rule)
      return frame
    }
  }
}

extension LeakFrame {
  /// Whether a text that ends within the frame's name may have cut an allocator's: the kernel prints the
  /// place in the function behind each name.
  fileprivate var mayBeCutAllocator: Bool {
    guard code == nil, let symbol, printed == symbol, source == nil, !isInline else { return false }
    return AllocatorFunctions.begin(with: symbol)
  }
}

extension LeakFrame {
  /// What passes a frame over when the culprit is looked for.
  package enum Passing: Hashable, Sendable {
    /// The function is an allocator's, or records stacks.
    case allocator
    /// A rule of the user means it.
    case rule(FrameRule)
  }
}
