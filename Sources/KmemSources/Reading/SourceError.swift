/// Why an input can't be read or a capture can't be written, as a sentence with its remedy.
package struct SourceError: Error, Hashable, Sendable {
  /// What a caller can act on; each kind has an exit status of its own.
  package enum Kind: String, Hashable, Sendable {
    /// There is no such file, or no capture that the reference names.
    case noSuchInput
    /// It is there, but it isn't what kmemcheck understands.
    case badData
    case notPermitted
    case cannotWrite
    /// The machine lacks what everything is read from.
    case unavailable
    /// The reference is mistyped, or names more than one thing.
    case usage
  }

  /// What a caller can act on.
  package let kind: Kind
  /// The sentence for the user, without a full stop.
  package let message: String

  /// An error with its sentence.
  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension SourceError: CustomStringConvertible {
  package var description: String { message }
}
