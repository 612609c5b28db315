import KmemParsers

/// Programs' own wrappers of the C library's allocators, as far as their names tell: `CRYPTO_zalloc`,
/// `ats_malloc`, `zend_strndup`, `av_malloc_array`, `WTF::fastMalloc`.
///
/// They are called from everywhere in their program, so that the caller is to blame. Only what lies
/// right above the allocator is one, and only where somebody called it: a `test_malloc` that is the
/// last frame of a stack is to blame itself.
enum ProgramWrappers {
  /// The frames, with the wrappers among them passed over.
  static func marking(_ frames: [ProgramLeakFrame]) -> [ProgramLeakFrame] {
    var frames = frames
    for index in frames.indices where frames[index].passedOver == nil {
      guard isWrapper(frames[index]),
        frames[(index + 1)...].contains(where: { $0.passedOver == nil && !$0.isUnknown })
      else { break }
      frames[index].passedOver = .allocator
    }
    return frames
  }

  private static func isWrapper(_ frame: ProgramLeakFrame) -> Bool {
    guard let function = frame.place.function, let name = ProgramSymbol.parts(function).last else {
      return false
    }
    var bytes = Array(name.utf8.map(lowercase))[...]
    while let last = additions.first(where: { bytes.count > $0.count && bytes.ends(with: $0) }) {
      bytes = bytes.dropLast(last.count)
    }
    guard let ending = endings.first(where: bytes.ends) else { return false }
    let before = bytes.dropLast(ending.count)
    // `file_prealloc` sets space aside in a file, and `xmlStrdup` is a library's for its users.
    let isPreallocation = ending == Array("realloc".utf8) && before.last == UInt8(ascii: "p")
    let isApart = allocators.contains(ending) || isPrefix(before)
    return isApart && !isPreallocation && !proves(before)
  }

  /// Whether the words before the allocator's tell of a function that tries it: `test_malloc`.
  private static func proves(_ words: ArraySlice<UInt8>) -> Bool {
    words.split(separator: UInt8(ascii: "_")).contains { word in
      trials.contains { word.starts(with: $0) }
    }
  }

  /// Whether the words before end with a mark of their own: `zend_strdup`, `lib_xstrdup`.
  private static func isPrefix(_ words: ArraySlice<UInt8>) -> Bool {
    let rest = words.last == UInt8(ascii: "x") ? words.dropLast() : words
    return rest.isEmpty || rest.last == UInt8(ascii: "_")
  }

  private static let allocators = list(
    "malloc calloc realloc zalloc reallocarray memalign aligned_alloc")
  private static let endings = allocators + list("strdup strndup memdup")
  /// What may stand behind such a word.
  private static let additions = list(
    """
    z 0 n _array _zero _node _internal _impl _locked _debug _dbg _func _wrapper _checked _safe
    _or_die _or_fail _or_abort _nofail _usable _trace _aligned
    """)
  private static let trials = list("test leak bench fuzz demo example check run")

  private static func list(_ words: String) -> [[UInt8]] {
    words.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with other: [UInt8]) -> Bool {
    count >= other.count && suffix(other.count).elementsEqual(other)
  }
}
