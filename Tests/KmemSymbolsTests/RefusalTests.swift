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
    #expect(refused.notes.contains { $0.contains("its build id is 41c9699070d7…") })
    // Of two files of one name the one of the right build counts.
    let both = try Objects.answers(
      leak, files: ["a/leaky.ko": "vmlinux", "b/leaky.ko": "leaky.ko"])
    #expect(both.lines[leak]?.isEmpty == false)
    #expect(both.notes.count == 1)
  }

  @Test func `a module with another srcversion is refused`() throws {
    let answers = try Objects.answers(
      leak, files: ["leaky.ko": "leaky.ko"],
      identities: SymbolIdentities(sourceVersions: ["leaky": "FFFF"]))
    #expect(answers.lines.isEmpty)
    #expect(answers.notes.contains { $0.contains("its srcversion is") })
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
      wrong.notes.contains { $0.contains("helper has 384 bytes in the report and 32 or 48") })
  }

  @Test func `a file without debugging information says where it would be`() throws {
    let folder = try Objects.folder(["leaky.ko": "split.ko"])
    let places = SymbolPlaces(folders: [folder.path], release: "6.1.0-18-amd64", root: "/nowhere")
    let identities = SymbolIdentities(modules: ["leaky": Objects.build])
    let answers = SymbolResolver(places, identities).answers(
      to: [leak, Objects.frame("vfs_write", 1, 2, module: nil)])
    #expect(answers.lines.isEmpty)
    #expect(
      answers.notes == [
        "no lines of source for the kernel and module leaky, whose debugging information isn't at "
          + "hand: package linux-image-6.1.0-18-amd64-dbg has it; other places: --vmlinux FILE, "
          + "--debug-dir DIR"
      ])
  }

  @Test func `text, truncated and empty files are no objects`() throws {
    let folder = try Objects.folder(["leaky.ko": "leaky.c", "x/leaky.ko.xz": "leaky.c"])
    _ = try folder.write("y/leaky.ko", [])
    _ = try folder.write("z/leaky.ko", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1])
    _ = try folder.write("z/leaky.ko.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 0])
    let answers = SymbolResolver(SymbolPlaces(folders: [folder.path])).answers(to: [leak])
    #expect(answers.lines.isEmpty && answers.files.isEmpty && answers.notes.count == 1)
  }

  @Test func `packages are named as the release shows whose they are`() {
    #expect(DebugPackage.remedy(for: "5.14.0-427.el9.x86_64").contains("debuginfo-install"))
    #expect(DebugPackage.remedy(for: "6.8.0-31-generic").contains("dbgsym"))
    #expect(
      DebugPackage.remedy(for: "6.4.0-150600.21-default").contains("kernel-default-debuginfo"))
    #expect(DebugPackage.remedy(for: "6.12.117").contains("where the kernel was built"))
    #expect(DebugPackage.remedy(for: nil).contains("--vmlinux"))
  }
}
