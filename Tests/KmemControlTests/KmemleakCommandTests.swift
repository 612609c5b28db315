import Testing

@testable import KmemControl

@Suite struct KmemleakCommandTests {
  @Test func `what is written is the kernel's own word to the letter`() {
    let texts = [
      KmemleakCommand.scan, .stopScanner, .startScanner, .scanEvery(seconds: 600),
      .scanStacks(true), .scanStacks(false), .dump(address: 0xffff_8881_00a3_c0c0), .clear, .off,
    ].map(\.text)
    #expect(
      texts == [
        "scan", "scan=off", "scan=on", "scan=600", "stack=on", "stack=off",
        "dump=0xffff888100a3c0c0", "clear", "off",
      ])
    // The kernel takes at most 63 bytes.
    #expect(texts.allSatisfy { $0.utf8.count < 64 })
  }

  @Test func `a command read from its own text is the same`() {
    for text in ["scan=off", "scan=on", "scan=1", "stack=on", "stack=off", "clear", "off"] {
      #expect(KmemleakCommand(text)?.text == text)
    }
    #expect(KmemleakCommand("dump=0xFFFF888100a3c0c0") == .dump(address: 0xffff_8881_00a3_c0c0))
    #expect(KmemleakCommand("scan=0") == .stopScanner)
  }

  @Test(arguments: [
    "", "offline", "off ", " off", "OFF", "clear!", "clearly", "scan", "scan=", "scan=-1",
    "scan=+5",
    "scan=5s", "scan=99999999999", "scan=4294968", "scanner", "stack", "stack=onn", "dump",
    "dump=", "dump=12", "dump=0x", "dump=0x+1", "dump=0x1ffff888100a3c0c0c", "\u{0}off",
  ])
  func `what only begins like a command is none`(text: String) {
    #expect(KmemleakCommand(text) == nil)
  }

  @Test func `only clear and off destroy`() {
    let commands: [KmemleakCommand] = [
      .scan, .stopScanner, .startScanner, .scanEvery(seconds: 1), .scanStacks(false),
      .dump(address: 1), .clear, .off,
    ]
    #expect(commands.filter(\.isDestructive) == [.clear, .off])
  }
}
