import KmemParsers

/// Which unreferenced objects the first bytes of others point to.
///
/// Such an object was lost with the one that holds its address: whoever frees that one finds it. The
/// kernel takes any aligned word that lies within an object for a pointer to it (`scan_block` in
/// mm/kmemleak.c); so does this, as far as the dump reaches. A ring's objects hold each other.
struct LeakKinship: Sendable {
  /// An object: where it lies, and its stack.
  ///
  /// Of an object of more than 4 GiB, of which there may be an area or two, the beginning counts.
  private struct Place {
    let start: UInt64
    let size: UInt32
    let stack: Int32
  }

  private var places = SegmentedArray<Place>()
  /// Words of objects' dumps that may be addresses.
  private var words = SegmentedArray<UInt64>()
  /// The objects that hold these words, by their places: apart from them, they take 12 bytes and not 16.
  private var holders = SegmentedArray<Int32>()
  /// The most objects that are compared: 16 MB of places, and 24 of words.
  ///
  /// What a report lists beyond is counted, and not asked for its kin.
  private static let most = 1 << 20

  /// Takes in an object; per-CPU and physical addresses are no pointers.
  mutating func add(_ record: KmemleakRecord) {
    guard record.kind == .plain, places.count < Self.most, record.size > 0 else { return }
    let holder = Int32(truncatingIfNeeded: places.count)
    places.append(
      Place(
        start: record.address, size: UInt32(clamping: record.size),
        stack: Int32(truncatingIfNeeded: record.stack)))
    guard record.dump.count > 0, words.count < Self.most * 2 else { return }
    record.dump.addresses(like: record.address) { value in
      words.append(value)
      holders.append(holder)
    }
  }

  /// For each stack whose objects are held: how many are, and how many the objects of each other
  /// stack hold.
  func held() -> [Int: (objects: Int64, holders: [Int: Int64])] {
    let inside = wordsInside()
    guard !inside.isEmpty else { return [:] }
    let order = (0..<Int32(truncatingIfNeeded: places.count)).sorted {
      places[Int($0)].start < places[Int($1)].start
    }
    var result: [Int: (objects: Int64, holders: [Int: Int64])] = [:]
    var isCounted = Array(repeating: false, count: places.count)
    for word in inside {
      guard let index = place(of: words[word], order), index != Int(holders[word]) else { continue }
      let (stack, holder) = (Int(places[index].stack), Int(places[Int(holders[word])].stack))
      var kin = result[stack] ?? (0, [:])
      if !isCounted[index] {
        isCounted[index] = true
        kin.objects += 1
        kin.holders[holder, default: 0] += 1
      }
      result[stack] = kin
    }
    return result
  }

  /// The words that point between the first object and the last: most are addresses of others.
  private func wordsInside() -> [Int] {
    guard !words.isEmpty else { return [] }
    var (low, high, size): (UInt64, UInt64, UInt32) = (.max, 0, 0)
    for index in places.indices {
      let place = places[index]
      low = min(low, place.start)
      if place.start >= high { (high, size) = (place.start, place.size) }
    }
    return words.indices.filter {
      words[$0] >= low && (words[$0] <= high || words[$0] - high < UInt64(size))
    }
  }

  /// The objects whose dumps hold an address of the memory from `start` on.
  func holders(of start: UInt64, size: UInt64) -> [UInt64] {
    var found: [UInt64] = []
    for index in words.indices where words[index] >= start && words[index] - start < max(1, size) {
      let holder = places[Int(holders[index])].start
      if holder != start, !found.contains(holder), found.count < 16 { found.append(holder) }
    }
    return found
  }

  /// The object in which an address lies.
  private func place(of address: UInt64, _ order: [Int32]) -> Int? {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if places[Int(order[middle])].start <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let index = Int(order[low - 1])
    return address - places[index].start < UInt64(places[index].size) ? index : nil
  }
}
