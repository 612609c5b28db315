/// An array that grows by segments, for as many elements as a report has objects.
///
/// One array doubles, and is copied then: while it is, it takes three times the room of its elements.
struct SegmentedArray<Element: Sendable>: Sendable {
  private var segments: [[Element]] = []
  private(set) var count = 0

  private static var shift: Int { 13 }

  var isEmpty: Bool { count == 0 }
  var indices: Range<Int> { 0..<count }

  subscript(index: Int) -> Element {
    segments[index >> Self.shift][index & ((1 << Self.shift) - 1)]
  }

  mutating func append(_ element: Element) {
    if count >> Self.shift == segments.count {
      segments.append([])
      // The first one grows: most reports are short.
      if count > 0 { segments[segments.count - 1].reserveCapacity(1 << Self.shift) }
    }
    segments[segments.count - 1].append(element)
    count += 1
  }
}
