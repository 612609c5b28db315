/// Why a command can't go on, as typed facts that are put into words here.
package protocol Refusal: Sendable {
  /// The reason with its remedy, as words without a full stop.
  var sentence: String { get }
}
