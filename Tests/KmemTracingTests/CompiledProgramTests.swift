import CTracer
import Foundation
import Testing

@Suite("The program that runs in the kernel")
struct CompiledProgramTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/CTracer")

  private static var clang: String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { "\($0)/clang" }.first {
      FileManager.default.isExecutableFile(atPath: $0) && version($0) == recorded
    }
  }

  /// The compiler that made the committed object, by its first line.
  private static var recorded: String? {
    let text = try? String(
      contentsOf: folder.appending(path: "program.inc"), encoding: .utf8)
    return text?.split(separator: "\n").first.flatMap { line in
      line.wholeMatch(of: /\/\* Made by compile: (.*) \*\//).map { String($0.1) }
    }
  }

  private static func version(_ clang: String) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: clang)
    process.arguments = ["--version"]
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").first.map(String.init)
  }

  @Test(
    "is what its source beside it compiles to",
    .enabled(if: clang != nil, "needs the compiler that made program.inc"))
  func isWhatItsSourceCompilesTo() throws {
    let output = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).inc")
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = Self.folder.appending(path: "compile")
    process.arguments = [output.path]
    var environment = ProcessInfo.processInfo.environment
    environment["KMEMCHECK_CLANG"] = Self.clang
    process.environment = environment
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let made = try Data(contentsOf: output)
    let committed = try Data(contentsOf: Self.folder.appending(path: "program.inc"))
    #expect(made == committed)
  }

  @Test("is an object for BPF, under a licence that bpf_get_stack accepts")
  func isAnObjectForBPF() {
    var size = 0
    let bytes = unsafe tracer_object(&size)
    let object = unsafe Array(UnsafeBufferPointer(start: bytes, count: size))
    #expect(object.prefix(4) == [0x7f, 0x45, 0x4c, 0x46])
    #expect(object[18] == 247, "EM_BPF")
    let text = String(decoding: object, as: UTF8.self)
    #expect(text.contains("Dual BSD/GPL"))
  }
}
