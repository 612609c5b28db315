/// What redaction did to a capture, as the manifest tells it.
package struct RedactionFacts: Codable, Hashable, Sendable {
  /// How many distinct values of each kind stand in the capture under a pseudonym.
  package var replaced: [String: Int] = [:]
  /// How many lines were removed of each member, by its path, since not all of them is known.
  package var removedLines: [String: Int] = [:]
  /// The members that were left out whole, by their path.
  package var leftOut: [String] = []
  /// A word derived from the key, which tells whether two captures have the same pseudonyms.
  package var key: String

  /// Nothing was replaced yet, with the key of that word.
  package init(key: String) { self.key = key }
}
