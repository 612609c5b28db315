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

  /// A word of an object's dump that may be an address.
  private struct Word {
    let value: UInt64
    let holder: Int32
  }

  private var places: [Place] = []
  private var words: [Word] = []
  /// The most objects that are compared: 16 MB of places, and twice as much of words.
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
    for value in record.dump.addresses(like: record.address) {
      words.append(Word(value: value, holder: holder))
    }
  }

  /// For each stack whose objects are held: how many are, and how many the objects of each other
  /// stack hold.
  func held() -> [Int: (objects: Int64, holders: [Int: Int64])] {
    let order = places.indices.sorted { places[$0].start < places[$1].start }
    var result: [Int: (objects: Int64, holders: [Int: Int64])] = [:]
    var isCounted = Array(repeating: false, count: words.isEmpty ? 0 : places.count)
    for word in words {
      guard let index = place(of: word.value, order), index != Int(word.holder) else { continue }
      let (stack, holder) = (Int(places[index].stack), Int(places[Int(word.holder)].stack))
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

  /// The objects whose dumps hold an address of the memory from `start` on.
  func holders(of start: UInt64, size: UInt64) -> [UInt64] {
    var found: [UInt64] = []
    for word in words where word.value >= start && word.value - start < max(1, size) {
      let holder = places[Int(word.holder)].start
      if holder != start, !found.contains(holder), found.count < 16 { found.append(holder) }
    }
    return found
  }

  /// The object in which an address lies.
  private func place(of address: UInt64, _ order: [Int]) -> Int? {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if places[order[middle]].start <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let place = places[order[low - 1]]
    return address - place.start < UInt64(place.size) ? order[low - 1] : nil
  }
}
