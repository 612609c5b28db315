import Testing

@testable import KmemAnalysis

@Suite struct ProgramFactsTests {
  private func runtime(
    _ executable: String?, mapped: Set<String> = [], beginning: [UInt8] = [], isRust: Bool = false
  ) -> ProgramFacts.Runtime {
    var file = ProgramFacts.File(beginning: beginning)
    file.isRust = isRust
    return ProgramFacts(executable: executable, arguments: [], mapped: mapped, file: file).runtime
  }

  @Test func `the runtime is told by the executable, by libraries, and by Go's own note`() {
    #expect(runtime("/usr/lib/jvm/java-17/bin/java") == .java)
    #expect(runtime("/opt/app/launcher", mapped: ["libjvm.so"]) == .java)
    #expect(runtime("/usr/bin/python3.11") == .python)
    #expect(runtime("/usr/sbin/uwsgi", mapped: ["libpython3.11.so.1.0"]) == .python)
    #expect(runtime("/usr/bin/node") == .node)
    #expect(runtime("/usr/bin/dockerd", beginning: [1, 4, 0, 0, 0, 0x47, 0x6F, 0, 0, 9]) == .go)
    #expect(runtime("/usr/bin/dockerd", beginning: [4, 0, 0, 0, 0x47]) == .native)
    #expect(runtime("/usr/bin/rg", isRust: true) == .rust)
    #expect(runtime(nil) == .native)
  }

  @Test func `a program whose file is gone can't be started again`() {
    let facts = ProgramFacts(
      executable: "/usr/bin/x (deleted)", arguments: nil, mapped: [],
      file: ProgramFacts.File(beginning: []))
    #expect(facts.executable == nil && facts.isDeleted)
  }
}
