/// The names of the statistics, which the header of `/proc/slabinfo` lists: they changed four times.
struct SlabinfoHeader {
  private(set) var global: [String] = []
  private(set) var processor: [String] = []
  private var isInGlobal = false
  private var isInProcessor = false

  /// Adds the names of a header line, or of its continuation.
  mutating func add(_ line: Span<UInt8>) {
    var words = Fields(line)
    while let word = words.next() {
      if word[0] == UInt8(ascii: "<") {
        let end = word[word.count - 1] == UInt8(ascii: ">") ? word.count - 1 : word.count
        let name = word.extracting(min(1, end)..<end).text
        if isInGlobal { global.append(name) }
        if isInProcessor { processor.append(name) }
      } else {
        isInGlobal = word.equals("globalstat")
        isInProcessor = word.equals("cpustat")
      }
    }
  }
}
