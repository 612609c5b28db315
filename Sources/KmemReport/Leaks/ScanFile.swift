import FoundationEssentials
package import KmemAnalysis

/// What scans were worth, as it lies beside kmemleak's text in a capture.
package enum ScanFile {
  package static let path = "kmemcheck/scan.json"

  package static func bytes(_ scan: ScanFacts) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return (try? encoder.encode(scan)).map { Array($0) } ?? []
  }

  /// Nothing if the text isn't such a document.
  package static func scan(_ bytes: [UInt8]) -> ScanFacts? {
    try? JSONDecoder().decode(ScanFacts.self, from: Data(bytes))
  }
}
