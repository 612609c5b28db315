import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemSymbols

@Suite struct RefusalTests {
  private let leak = Objects.frame("leak", 0x18, 0x50)

  @Test func `a file with another build id is refused, and the next one is taken`() throws {
    let other = SymbolIdentities(modules: ["leaky": "00" + Objects.build.dropFirst(2)])
    let refused = try Objects.answers(leak, files: ["leaky.ko": "leaky.ko"], identities: other)
    #expect(refused.lines.isEmpty && refused.files.isEmpty)
    #expect(
      refused.notes.refusals.map(\.reason) == [
        .otherBuild(file: Objects.build, running: "00" + Objects.build.dropFirst(2))
      ])
    // Of two files of one name the one of the right build counts.
    let both = try Objects.answers(
      leak, files: ["a/leaky.ko": "vmlinux", "b/leaky.ko": "leaky.ko"])
    #expect(both.lines[leak]?.isEmpty == false)
    #expect(both.notes == SourceNotes())
  }

  @Test func `a module with another srcversion is refused`() throws {
    let answers = try Objects.answers(
      leak, files: ["leaky.ko": "leaky.ko"],
      identities: SymbolIdentities(sourceVersions: ["leaky": "FFFF"]))
    #expect(answers.lines.isEmpty)
    guard case .otherSource(_, "FFFF")? = answers.notes.refusals.first?.reason else {
      Issue.record("\(answers.notes)")
      return
    }
  }

  @Test func `without build ids the sizes of functions decide`() throws {
    let files = ["leaky.ko": "leaky.ko"]
    let none = SymbolIdentities()
    let agreeing = try Objects.answers(leak, files: files, identities: none)
    #expect(agreeing.lines[leak]?.isEmpty == false)
    #expect(agreeing.files.map(\.isSameBuild) == [false])
    let other = try Objects.answers(
      leak, Objects.frame("unlikely", 0x11, 0x922), files: files, identities: none)
    #expect(other.lines[leak]?.isEmpty == false, "the last function of a section may seem longer")
    let wrong = try Objects.answers(
      leak, Objects.frame("helper", 0x11, 0x180), files: files, identities: none)
    #expect(wrong.lines.isEmpty && wrong.files.isEmpty)
    #expect(
      wrong.notes.refusals.map(\.reason) == [
        .otherSize(function: "helper", reported: 384, file: [32, 48])
      ])
  }

  @Test func `a kernel without build ids must have all functions of the report, and three of C`()
    throws
  {
    func answers(_ frames: CodeFrame...) -> SourceAnswers {
      SymbolResolver(SymbolPlaces(vmlinux: "\(Objects.folder)/vmlinux")).answers(to: Set(frames))
    }
    let write = Objects.frame("vfs_write", 0x17, 0x30, module: nil)
    let consume = Objects.frame("consume", 0x1, 0x10, module: nil)
    let allocate = Objects.frame("__kmalloc", 0x4, 0x10, module: nil)
    #expect(answers(write, consume, allocate).lines.count == 3)
    let few = answers(write, consume)
    #expect(few.lines.isEmpty && few.notes.refusals.map(\.reason) == [.tooFewFunctions])
    let foreign = answers(
      write, consume, allocate, Objects.frame("vfs_read", 0x17, 0x30, module: nil))
    #expect(foreign.lines.isEmpty)
    #expect(foreign.notes.refusals.map(\.reason) == [.lacksFunction("vfs_read")])
  }

  @Test func `a file without debugging information is none that helps`() throws {
    let folder = try Objects.folder(["leaky.ko": "split.ko"])
    let places = SymbolPlaces(folders: [folder.path], release: "6.1.0-18-amd64", root: "/nowhere")
    let identities = SymbolIdentities(modules: ["leaky": Objects.build])
    let answers = SymbolResolver(places, identities).answers(
      to: [leak, Objects.frame("vfs_write", 1, 2, module: nil)])
    #expect(answers.lines.isEmpty)
    #expect(answers.notes.lacksKernel && answers.notes.missingModules == ["leaky"])
    #expect(answers.notes.release == "6.1.0-18-amd64" && answers.notes.refusals.isEmpty)
  }

  @Test func `text, truncated and empty files are no objects`() throws {
    let folder = try Objects.folder(["leaky.ko": "leaky.c", "x/leaky.ko.xz": "leaky.c"])
    _ = try folder.write("y/leaky.ko", [])
    _ = try folder.write("z/leaky.ko", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1])
    _ = try folder.write("z/leaky.ko.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 0])
    let answers = SymbolResolver(SymbolPlaces(folders: [folder.path])).answers(to: [leak])
    #expect(answers.lines.isEmpty && answers.files.isEmpty)
    #expect(answers.notes.missingModules == ["leaky"] && answers.notes.refusals.isEmpty)
  }
}
