import Testing

@testable import KmemParsers

@Suite struct ModulesTests {
  private func module(_ line: String) throws -> Modules.Module {
    try #require(Modules(line + "\n").modules.first)
  }

  @Test func `each column has its place`() throws {
    let module = try module(
      "nvidia 56569856 23 nvidia_uvm,nvidia_modeset, Live 0xffffffffc0f21000 (POE)")
    let expected = Modules.Module(
      name: "nvidia", size: 56_569_856, references: 23,
      dependents: ["nvidia_uvm", "nvidia_modeset"],
      isPermanent: false, state: "Live", address: 0xffff_ffff_c0f2_1000, taints: "POE")
    #expect(module == expected)
  }

  @Test func `a permanent module is told from its users`() throws {
    let module = try module("ipv6 655360 40 nf_reject,[permanent], Live 0x00000000")
    #expect(module.isPermanent)
    #expect(module.dependents == ["nf_reject"])
    #expect(module.address == nil)
  }

  @Test func `a kernel that can't unload modules counts no references`() throws {
    let module = try module("ipv6 655360 - - Live 0xbf021000")
    #expect(module.references == nil)
    #expect(module.dependents == [])
  }

  @Test func `a module on its way out has a count below zero`() throws {
    let module = try module("ipv6 655360 -1 - Unloading 0xbf021000 (O-)")
    #expect(module.references == -1)
    #expect(module.state == "Unloading")
    #expect(module.taints == "O-")
  }

  @Test func `what follows the taints changes nothing`() throws {
    let module = try module(
      "some 552960 0 - Live 0xffffffc00ca05000 (O) # cat /proc/modules | head -2")
    #expect(module.address == 0xffff_ffc0_0ca0_5000)
    #expect(module.taints == "O")
  }

  @Test func `no modules are a valid text`() throws {
    #expect(try Modules("").modules == [])
    #expect(try Modules("\n").modules == [])
    #expect(try Modules("Module                  Size  Used by\n").modules == [])
  }

  @Test func `a listing by lsmod is read`() throws {
    let modules = try Modules(
      "Module                  Size  Used by\next4  737280  1\njbd2  131072  1 ext4\nx 1 -2\n")
    #expect(modules.modules.map(\.name) == ["ext4", "jbd2", "x"])
    #expect(modules.modules.map(\.dependents) == [[], ["ext4"], []])
    #expect(modules.modules.map(\.references) == [1, 1, -2])
    #expect(modules.modules.allSatisfy { $0.state.isEmpty })
    #expect(modules.remarks == [])
  }

  @Test func `the modules of Linux 2_4 are refused by their kernel's name`() throws {
    let text = "ext3                   61216   2 (autoclean)\njbd    38 2 (autoclean) [ext3]\n"
    let error = #expect(throws: ParseError.self) { try Modules(text) }
    #expect(error?.reason.contains("Linux 2.4") == true)
  }

  @Test(arguments: [
    "ext4", "ext4 x 1 - Live 0x0", "ext4 1 y - Live 0x0", "ext4 1 1 - Dead 0x0", "ext4 1 1 -",
    "ext4 18446744073709551616 1 - Live 0x0", "$ cat /proc/modules",
  ])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let modules = try Modules(line + "\njbd2 200704 1 ext4, Live 0x0\n")
    #expect(modules.modules.map(\.name) == ["jbd2"])
    #expect(modules.remarks.map(\.line) == [1])
  }
}
