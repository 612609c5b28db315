import KmemParsers

extension Allocinfo {
  /// Whether anything was ever counted: profiling may be there and off.
  var isCounting: Bool { tags.contains { $0.bytes != 0 } }
}
