import Testing

@testable import KmemParsers

@Suite struct KernelCommandLineTests {
  @Test func `the last of equal names counts, and dashes equal underscores`() throws {
    let line = try KernelCommandLine("slub_debug=F kmemleak=off slub-debug=ZP kmemleak=on quiet\n")
    #expect(line["slub_debug"] == "ZP")
    #expect(line["kmemleak"] == "on")
    #expect(line["quiet"] == .some(nil))
    #expect(line["absent"] == nil)
    #expect(line.isSet("slub-debug") && line.isSet("quiet") && !line.isSet("absent"))
    #expect(line.parameters.count == 5)
  }

  @Test(arguments: [
    (#"a="b c" d"#, ["a", "d"], "b c"), (#""a=b c" d"#, ["a", "d"], "b c"),
    (#"a=b=c"#, ["a"], "b=c"), (#"a="#, ["a"], ""), (#"a="""#, ["a"], ""),
    (#"a=1,"x y",2"#, ["a"], #"1,"x y",2"#),
  ])
  func `quotes hold words together`(text: String, names: [String], value: String) throws {
    let line = try KernelCommandLine(text + "\n")
    #expect(line.parameters.map(\.name) == names)
    #expect(line["a"] == value)
    #expect(line.remarks == [])
  }

  @Test func `what follows two dashes is for init`() throws {
    let line = try KernelCommandLine("quiet -- kmemleak=on --debug\n")
    #expect(line.parameters.map(\.name) == ["quiet"])
    #expect(line.initArguments == ["kmemleak=on", "--debug"])
  }

  @Test func `a quotation mark that stays open is remarked`() throws {
    let line = try KernelCommandLine("quiet a=\"b c\n")
    #expect(line["a"] == "b c")
    #expect(line.remarks.map(\.line) == [1])
  }

  @Test func `an equals sign without a name is a name`() throws {
    #expect(try KernelCommandLine("=x\n").parameters == [.init(name: "=x", value: nil)])
  }
}
