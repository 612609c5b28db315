import KmemAnalysis
import KmemSnapshot
import Testing

@testable import KmemReport

/// Every sentence on scans.
@Suite struct ScanWordsTests {
  @Test(
    arguments: [
      (.complete, nil), (.aborted, "it was interrupted"),
      (.disturbed, "the program was stopped, or the machine suspended, meanwhile"),
      (.refused(error: "busy"), "refused: busy"), (.other(words: "as it was"), "as it was"),
    ] as [(ScanFacts.Outcome, String?)])
  func `why a scan doesn't count`(outcome: ScanFacts.Outcome, words: String?) {
    #expect(outcome.fault == words)
    let facts = ScanFacts(
      scans: [
        .init(start: 1, seconds: 1, outcome: .complete),
        .init(start: 7, seconds: 1, outcome: outcome),
      ], minimumAge: 5, readings: 1, isAliveAtEnd: nil)
    let all = ScanWords(facts).sentences
    #expect(all.count == 1 && all[0].hasSuffix(words.map { "; one didn't count: \($0)" } ?? "each"))
  }

  @Test(
    arguments: [
      (.signal(number: 2), "interrupted by signal 2"),
      (.refused(command: "scan", error: "busy"), "kmemleak refused \"scan\": busy"),
      (
        .disturbed,
        "the program was stopped or the machine suspended during every scan, which cuts scans short"
      ), (.other(words: "as it was"), "as it was"),
    ] as [(ScanFacts.Trouble, String)])
  func `why there is no result`(trouble: ScanFacts.Trouble, words: String) {
    #expect(LeakDoubt.trouble(trouble).words == words)
    let facts = ScanFacts(
      scans: [], minimumAge: 5, readings: 0, isAliveAtEnd: nil, trouble: trouble)
    #expect(ScanWords.commandNotRun(facts) == "the command wasn't run: \(words)")
  }

  @Test func `why a command wasn't run where nothing is known of the scans`() {
    #expect(
      ScanWords.commandNotRun(nil)
        == "the command wasn't run: kmemleak could not scan before it")
  }

  private static let repair = "; an earlier kmemcheck was killed and had left it stopped"

  @Test(
    arguments: [
      (
        .runsAgain(isRepair: true),
        "the automatic scanner was stopped meanwhile and runs again\(repair)"
      ),
      (
        .notStarted(isRepair: false),
        "the automatic scanner could not be started again; try kmemcheck kmemleak scan=on"
      ),
      (
        .notStarted(isRepair: true),
        "the automatic scanner could not be started again\(repair); try kmemcheck kmemleak scan=on"
      ),
      (.stopped, "whether the automatic scanner ran before can't be seen; it is stopped now"),
      (.other(words: "as it was"), "as it was"),
    ] as [(ScanFacts.Scanner, String)])
  func `what became of the automatic scanner`(scanner: ScanFacts.Scanner, words: String) {
    let facts = ScanFacts(
      scans: [], minimumAge: 5, readings: 0, isAliveAtEnd: nil, scanner: scanner)
    #expect(ScanWords(facts).sentences.last == words)
  }

  @Test(
    arguments: [
      (.fewScans(complete: 1), "only 1 of the 2 scans needed were complete"),
      (.disabledBeforeEnd, "kmemleak was disabled before the end"),
      (.alarm("kmemleak: off"), "kernel log: kmemleak: off"),
      (.unreadable(objects: 1, of: 2), "1 of 2 objects of the report can't be read"),
    ] as [(LeakDoubt, String)])
  func `why nothing found would mean nothing`(doubt: LeakDoubt, words: String) {
    #expect(doubt.words == words)
  }
}
