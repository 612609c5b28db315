import Foundation
import KmemParsers
import Testing

/// What each kernel file that is parsed has beside its parser.
struct KernelFilesTests {
  private static let fuzzers = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzz")

  @Test(arguments: KernelFiles.parsed.map { "\($0)" })
  func `each parser is fuzzed from a seed`(_ parser: String) throws {
    #expect(FileManager.default.fileExists(atPath: Self.fuzzers.path() + "/\(parser).swift"))
    let seeds = Self.fuzzers.appending(path: "seeds/\(parser)").path()
    #expect(try !FileManager.default.contentsOfDirectory(atPath: seeds).isEmpty)
  }

  @Test func `each file is declared once`() {
    let paths = KernelFiles.all.map(\.path)
    #expect(Set(paths).count == paths.count)
  }

  @Test func `a file that is looked at by itself can be told by its name or by its text`() {
    for file in KernelFiles.all where file.title != nil {
      #expect(file.nameWord != nil || !file.names.isEmpty || !file.marks.isEmpty, "\(file.path)")
    }
  }
}
