extension String {
  /// The names between the slashes of a path.
  ///
  /// They are parted by bytes: an archive has thousands of entries, and parting them by characters
  /// took a third of the time in which a capture is read.
  var pathComponents: [Substring] {
    utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  /// Whether a component is empty or begins with a dot, as in `./proc` and `a/../b`.
  var mayLeadElsewhere: Bool {
    var isAtStart = true
    for byte in utf8 {
      if isAtStart, byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return true }
      isAtStart = byte == UInt8(ascii: "/")
    }
    return isAtStart
  }
}
