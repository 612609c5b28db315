/// A value, or the reason why there is none.
///
/// Missing is never zero.
package enum Reading<Value: Sendable>: Sendable {
  case value(Value)
  case missing(Missing)

  /// The value, where there is one.
  package var value: Value? {
    guard case .value(let value) = self else { return nil }
    return value
  }

  /// The reason why there is no value, where there is none.
  package var missing: Missing? {
    guard case .missing(let missing) = self else { return nil }
    return missing
  }

  /// The result of the closure on the value, or the same reason.
  package func map<Other: Sendable>(_ transform: (Value) -> Other) -> Reading<Other> {
    switch self {
    case .value(let value): .value(transform(value))
    case .missing(let missing): .missing(missing)
    }
  }
}

/// Why a value isn't there.
package struct Missing: Hashable, Sendable {
  /// What became of its source.
  package let cause: Cause
  /// The error's text or what else is known, as words without a full stop.
  package let detail: String?

  /// What became of its source.
  package enum Cause: CaseIterable, Hashable, Sendable {
    case absent, denied, empty, failed, skipped, timedOut
    /// The text was there, but no line of it was one of that file's.
    case refused
  }

  /// A reason with what else is known.
  package init(_ cause: Cause, _ detail: String? = nil) {
    self.cause = cause
    self.detail = detail
  }
}

/// A remark on one source, with the place in its text.
package struct SourceRemark: Hashable, Sendable {
  /// The source's path below the root.
  package let path: String
  /// The line, counted from 1; 0 when the source as a whole is meant.
  package let line: Int
  /// What was odd, as words without a full stop.
  package let reason: String

  /// A remark on a line of a source.
  package init(path: String, line: Int, reason: String) {
    self.path = path
    self.line = line
    self.reason = reason
  }
}
