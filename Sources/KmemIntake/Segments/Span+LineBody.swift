extension Span<UInt8> {
  /// The line without its end.
  var lineBody: Span<UInt8> {
    @_lifetime(copy self)
    get {
      var end = count
      if end > 0, self[end - 1] == 0x0A { end -= 1 }
      if end > 0, self[end - 1] == 0x0D { end -= 1 }
      return extracting(0..<end)
    }
  }
}
