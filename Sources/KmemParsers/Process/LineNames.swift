/// The names of lines that a file of `/proc/PID` may have, in the order in which the kernel prints them.
///
/// That order is nearly the same in every release, so that a line is looked for from where the next one likely
/// is.
struct LineNames<Key: Sendable>: Sendable {
  private let names: [(name: StaticString, key: Key)]

  init(_ names: [(name: StaticString, key: Key)]) { self.names = names }

  /// The key of a line's name; `hint` is the position at which it likely is, and then moves on.
  func key(_ name: Span<UInt8>, hint: inout Int) -> Key? {
    for step in names.indices {
      let position = (hint + step) % names.count
      guard name.equals(names[position].name) else { continue }
      hint = position + 1
      return names[position].key
    }
    return nil
  }
}
