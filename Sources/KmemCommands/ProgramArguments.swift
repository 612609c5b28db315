internal import CArguments

/// The words that the program was started with.
enum ProgramArguments {
  /// The words after the program's name.
  ///
  /// They come from the program's start, as Swift's own list is
  /// read from `/proc/self/cmdline`, which isn't there in every container.
  static var words: [String] {
    (1..<max(1, kmem_argument_count())).compactMap { place in
      guard let word = unsafe kmem_argument(place) else { return nil }
      return unsafe String(cString: word)
    }
  }
}
