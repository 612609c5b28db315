import KmemAnalysis
import Testing

@testable import KmemSymbols

@Suite struct SourceLineTests {
  @Test(arguments: [
    ["leaky.ko": "leaky.ko"], ["leaky.ko.xz": "packed.ko.xz"], ["leaky.ko.zst": "packed.ko.zst"],
    ["leaky.ko": "split.ko", "split.ko.debug": "split.ko.debug"],
    ["leaky.ko": "split.ko", ".debug/split.ko.debug": "split.ko.debug"],
    [".build-id/41/c9699070d71178a86ae668bb004b6ca257b859.debug": "split.ko.debug"],
  ])
  func `a relocatable module gives the lines of each section, inlined functions included`(
    files: [String: String]
  ) throws {
    let leak = Objects.frame("leak", 0x18, 0x50)
    let unlikely = Objects.frame("unlikely", 0x11, 0x22)
    let exit = Objects.frame("cleanup_module", 0x13, 0x27)
    let answers = try Objects.answers(leak, unlikely, exit, files: files)
    let wrapper = try Objects.source("kzalloc", "kzalloc", in: "include/linux/slab.h")
    #expect(
      answers.lines[leak] == [
        wrapper, try Objects.source("room", "room", in: "leaky.c"),
        try Objects.source("leak", "leak", in: "leaky.c"),
      ])
    #expect(
      answers.lines[unlikely] == [
        wrapper, try Objects.source("unlikely", "unlikely", in: "leaky.c"),
      ])
    #expect(
      answers.lines[exit] == [
        wrapper, try Objects.source("cleanup_module", "cleanup_module", in: "leaky.c"),
      ])
    #expect(answers.notes == SourceNotes() && answers.files.map(\.isSameBuild) == [true])
  }

  @Test func `the line is that of the call, not of what comes behind it`() throws {
    let frame = Objects.frame("last_call", 0x9, 0x10)
    let answers = try Objects.answers(frame, files: ["leaky.ko": "leaky.ko"])
    #expect(
      answers.lines[frame] == [try Objects.source("last_call", "last_call", in: "leaky.c")])
  }

  @Test func `the length behind the slash chooses among functions of one name`() throws {
    let first = Objects.frame("helper", 0x11, 0x20)
    let second = Objects.frame("helper", 0x22, 0x30)
    let answers = try Objects.answers(first, second, files: ["leaky.ko": "leaky.ko"])
    #expect(
      answers.lines[first]?.last == (try Objects.source("helper", "helper in leaky", in: "leaky.c"))
    )
    #expect(
      answers.lines[second]?.last
        == (try Objects.source("helper", "helper in other", in: "other.c")))
  }

  @Test func `functions of one name and one size have no line, and the answer says so`() throws {
    let frame = Objects.frame("twin", 0xb, 0x20)
    let answers = try Objects.answers(frame, files: ["leaky.ko": "leaky.ko"])
    #expect(answers.lines.isEmpty)
    #expect(answers.notes.ambiguous == ["twin"])
  }

  @Test func `a kernel's frames are looked up in its vmlinux`() throws {
    let frame = Objects.frame("vfs_write", 0x17, 0x30, module: nil)
    let build = SymbolIdentities(kernel: "474b61270a83e809be65d394df32f8794104e04e")
    let answers = try Objects.answers(frame, files: [:], vmlinux: "vmlinux", identities: build)
    #expect(
      answers.lines[frame]?.last?.line == (try Objects.line("vfs_write", in: "kernel.c")))
    #expect(answers.files.map(\.isSameBuild) == [true])
  }

  @Test func `a frame at a function's beginning has no call before it`() throws {
    let answers = try Objects.answers(
      Objects.frame("leak", 0, 0x50), files: ["leaky.ko": "leaky.ko"])
    #expect(answers.lines.isEmpty)
  }

  @Test func `names of files lose the directories of the build`() {
    let roots = SourceRoots(working: "/build/out", kernel: "/build/linux")
    #expect(roots.shortened("/build/linux/debian/build/../../mm/slub.c") == "mm/slub.c")
    #expect(roots.shortened("/build/out/./kernel/bounds.c") == "kernel/bounds.c")
    #expect(roots.shortened("/home/me/leaky.c") == "/home/me/leaky.c")
    #expect(roots.shortened("../../x.c") == "../../x.c")
  }
}
