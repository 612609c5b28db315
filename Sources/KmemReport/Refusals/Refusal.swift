/// Why a command can't go on, as typed facts; their words are chosen in this room.
package protocol Refusal: Sendable {
  /// The reason with its remedy, as words without a full stop.
  var sentence: String { get }
}
