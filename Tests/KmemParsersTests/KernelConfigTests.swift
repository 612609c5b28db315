import Testing

@testable import KmemParsers

@Suite struct KernelConfigTests {
  @Test func `each kind of setting is told apart`() throws {
    let config = try KernelConfig(configOf6)
    #expect(config.release == "6.1.55")
    #expect(config["SLUB"] == .yes)
    #expect(config["EXT4_FS"] == .module)
    #expect(config["SLAB"] == .no)
    #expect(config["DEBUG_KMEMLEAK_MEM_POOL_SIZE"] == .value("16000"))
    #expect(config["PHYSICAL_START"] == .value("0x1000000"))
    #expect(config["CC_VERSION_TEXT"] == .value("gcc-12 (Debian 12.2.0-14) 12.2.0"))
    #expect(config["DEBUG_KMEMLEAK"] == nil)
    #expect(config.settings.count == 6)
  }

  @Test(arguments: [
    ("# Linux kernel version: 2.6.32-5-amd64", "2.6.32-5-amd64"),
    ("# Linux/x86_64 3.2.0 Kernel Configuration", "3.2.0"),
    ("# Linux/arm 4.14.0-rc1 Kernel Configuration", "4.14.0-rc1"),
    ("# Linux/x86 6.1.0 kernel", nil), ("# Linux is a kernel", nil), ("#", nil),
  ])
  func `the release is taken from the comment at the top`(line: String, release: String?) throws {
    #expect(try KernelConfig("\(line)\nCONFIG_A=y\n").release == release)
  }

  @Test(arguments: [
    (#""a \"b\" c\\d""#, #"a "b" c\d"#), (#""""#, ""), (#"""#, #"""#), ("", ""), ("-5", "-5"),
    (#""y""#, "y"), (#""a=b""#, "a=b"), (#""\"""#, #"""#),
  ])
  func `a value is read without its quotes`(written: String, value: String) throws {
    #expect(try KernelConfig("CONFIG_A=\(written)\n")["A"] == .value(value))
  }

  @Test func `an option that is set to n is off`() throws {
    #expect(try KernelConfig("CONFIG_A=n\n")["A"] == .no)
  }

  @Test func `of an option that occurs twice the last counts, and it is remarked`() throws {
    let config = try KernelConfig("CONFIG_A=y\n# CONFIG_A is not set\nCONFIG_B=y\nCONFIG_B=y\n")
    #expect(config["A"] == .no)
    #expect(config.remarks.map(\.line) == [2])
  }

  @Test(arguments: ["CONFIG_A", "CONFIG_=y", "DEBUG_KMEMLEAK=y", "$ zcat /proc/config.gz"])
  func `a line that is no option is remarked and the others are read`(line: String) throws {
    let config = try KernelConfig("\(line)\nCONFIG_B=y\n")
    #expect(config.settings == ["B": .yes])
    #expect(config.remarks.map(\.line) == [1])
  }
}
