// Records rounds into a history as `watch --record` does, for tests that kill it, or run several.
//
//   record FILE BOOT ROUNDS SERIES
//
// It prints the number of each round once it's written. ROUNDS 0 goes on until it's killed.
import Glibc
import KmemAnalysis
import KmemHistory

let arguments = CommandLine.arguments
guard arguments.count == 5, let rounds = Int64(arguments[3]), let count = Int64(arguments[4]) else {
  print("usage: record FILE BOOT ROUNDS SERIES")
  exit(64)
}
do {
  let recorder = try HistoryRecorder(arguments[1], run: .init(bootID: arguments[2], wall: 1000))
  recorder.warnings.forEach { print($0) }
  var round: Int64 = 0
  while rounds == 0 || round < rounds {
    round += 1
    // One in ten values changes.
    let values = (0..<count).map { index in
      (SeriesID.slabCache("cache-\(index)"), index * 4096 + (round + index) / 10)
    }
    try recorder.record(
      .init(
        group: "fast", time: round * 1_000_000_000, wall: 1000 + round,
        values: Dictionary(values) { $1 }))
    print(round)
    fflush(nil)
  }
} catch {
  print(error.sentence)
  exit(74)
}
