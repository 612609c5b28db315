import FoundationEssentials
import Glibc
import KmemParsers

// Parses one file again and again and prints the rate in MB/s of processor time: the best of seven
// rounds, and the one in the middle.
//
//   measure KIND FILE
//   measure allocinfo-changes BEFORE AFTER     milliseconds to parse both and to find what changed

/// What each kind's parser makes of a text: the number of records.
let parsers: [String: @Sendable ([UInt8]) throws -> Int] = [
  "meminfo": { try Meminfo(parsing: $0.span).entries.count },
  "zoneinfo": { try Zoneinfo(parsing: $0.span).zones.count },
  "slabinfo": { try Slabinfo(parsing: $0.span).caches.count },
  "vmallocinfo": { try Vmallocinfo(parsing: $0.span).areas.count },
  "allocinfo": { try Allocinfo(parsing: $0.span).tags.count },
  "kmemleak": {
    var reader = KmemleakReader()
    var start = 0
    while start < $0.count {
      let end = min($0.count, start + 1 << 20)
      reader.read($0.span.extracting(start..<end)) { _, _ in }
      start = end
    }
    reader.finish { _, _ in }
    return reader.counts.objects
  },
]

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.count > 2, arguments[0] == "module-names" {
  exit(searchModules(Array(arguments.dropFirst(2)), cache: arguments[1]))
}
if arguments.count == 3, arguments[0] == "allocinfo-changes" {
  exit(compareAllocinfo(before: arguments[1], after: arguments[2]))
}
guard arguments.count == 2, let parse = parsers[arguments[0]],
  let data = FileManager.default.contents(atPath: arguments[1]), !data.isEmpty
else {
  print("usage: measure module-names CACHE FILE…")
  print("       measure allocinfo-changes BEFORE AFTER")
  print("       measure \(parsers.keys.sorted().joined(separator: "|")) FILE")
  exit(64)
}

/// The megabytes parsed per second of processor time, in a round of at least 0.3 s.
func rate(_ bytes: [UInt8], _ parse: ([UInt8]) throws -> Int) throws -> Double {
  let second = 1_000_000
  var passes = 0
  let start = clock()
  while clock() - start < second * 3 / 10 {
    // The clock is looked at seldom where a pass takes microseconds.
    let count = bytes.count > 1 << 20 ? 1 : 10
    for _ in 0..<count { _ = try parse(bytes) }
    passes += count
  }
  let seconds = Double(clock() - start) / Double(second)
  return Double(bytes.count * passes) / seconds / 1e6
}

let bytes = Array(data)
do {
  let records = try parse(bytes)
  let rates = try (0..<7).map { _ in try rate(bytes, parse) }.sorted()
  print("\(Int(rates[6])) \(Int(rates[3])) \(records) \(bytes.count)")
} catch {
  print("\(arguments[1]) is refused: \(error)")
  exit(65)
}
