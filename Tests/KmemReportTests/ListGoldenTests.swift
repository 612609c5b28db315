import KmemTestSupport
import Testing

@testable import KmemReport
import KmemSnapshot

@Suite struct ListGoldenTests {
  private var entries: [CaptureEntry] {
    let folder = "/var/lib/kmemcheck"
    return [
      CaptureEntry(
        reference: "@last", path: "\(folder)/example-20261122T191958Z-00000000.tar.zst",
        bytes: 181_234, time: 1_795_375_198, label: "after", hostname: "example",
        release: "6.18.44", bootID: "00000000-0000-4000-8000-000000000001", damage: nil),
      CaptureEntry(
        reference: "@2", path: "\(folder)/example-20261122T191911Z-00000000.tar.zst",
        bytes: 180_001, time: 1_795_375_151, label: nil, hostname: "example",
        release: "6.12.48+deb13-cloud-amd64", bootID: nil, damage: nil),
      CaptureEntry(
        reference: "", path: "\(folder)/half.tar.zst", bytes: 12, time: nil, label: nil,
        hostname: nil, release: nil, bootID: nil, damage: "it ends within its first entry"),
      CaptureEntry(
        reference: "@3", path: "\(folder)/bad\u{1B}[31m.tar.zst", bytes: 5, time: 0,
        label: "名前\u{7}", hostname: "a\nb", release: nil, bootID: nil, damage: nil),
    ]
  }

  private var histories: [HistoryEntry] {
    [
      HistoryEntry(
        path: "/var/lib/kmemcheck/watch.sqlite", hostname: "example", release: "6.18.44",
        bootID: "00000000-0000-4000-8000-000000000001", first: 1_795_375_151,
        last: 1_795_475_151, rounds: 10_000, series: 812)
    ]
  }

  @Test(arguments: widths) func `text`(width: Int) {
    let text = CaptureList(entries, histories: histories).text(
      Style(isColored: false, width: width))
    expectGolden("list/store.\(width).txt", text)
    expectDecency(text, width: width)
  }

  @Test func `JSON`() {
    expectGolden("list/store.json", CaptureList(entries, histories: histories).json.text)
  }
}
