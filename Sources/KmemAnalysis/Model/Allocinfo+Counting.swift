import KmemParsers

extension Allocinfo {
  /// Whether anything was ever counted: the file also exists where profiling is off.
  var isCounting: Bool { tags.contains { $0.bytes != 0 } }
}
