import Testing

@testable import KmemParsers

@Suite("Names of kernel functions by address")
struct KernelSymbolsTests {
  private let kernel = """
    0000000000000000 A fixed_percpu_data
    ffffffff81000000 T _stext
    ffffffff81000100 T kmalloc_trace
    ffffffff81000200 t do_eventfd
    ffffffff81000300 D some_data
    ffffffff81000400 T _etext

    """
  private let leaky =
    "ffffffffc0000000 t leaky_take\t[leaky]\nffffffffc0000040 t leaky_exit\t[leaky]\n"
  private let loaded = "leaky 16384 0 - Live 0xffffffffc0000000 (O)\n"

  private func symbols(_ readings: (String, String)...) -> KernelSymbols {
    var symbols = KernelSymbols()
    for (names, modules) in readings {
      symbols.note(modules: Array(modules.utf8)) { Array(names.utf8) }
    }
    return symbols
  }

  private func text(_ symbols: KernelSymbols, _ address: UInt64) -> String? {
    symbols.frames(at: [address, 0xffff_ffff_8100_0110])[address]?.text
  }

  @Test("are those of the function in which the call stands, data left out")
  func areThoseOfTheFunction() {
    let symbols = symbols((kernel + leaky, loaded))
    #expect(text(symbols, 0xffff_ffff_8100_0210) == "do_eventfd+0x10/0x200")
    #expect(text(symbols, 0xffff_ffff_8100_0310) == "do_eventfd+0x110/0x200")
    #expect(text(symbols, 0xffff_ffff_c000_0010) == "leaky_take+0x10/0x40 [leaky]")
  }

  @Test("belong to the function before, where the call is its last instruction")
  func belongToTheFunctionBefore() {
    #expect(text(symbols((kernel, "")), 0xffff_ffff_8100_0200) == "kmalloc_trace+0x100/0x100")
  }

  @Test("are kept of a module that was unloaded since")
  func areKeptOfAModuleThatWasUnloaded() {
    let symbols = symbols((kernel + leaky, loaded), (kernel, ""))
    #expect(text(symbols, 0xffff_ffff_c000_0010) == "leaky_take+0x10/0x40 [leaky]")
  }

  @Test("are none where another module came to lie in the same place")
  func areNoneWhereAnotherModuleLies() {
    let other = (
      kernel + "ffffffffc0000000 t other_open\t[other]\n",
      "other 16384 0 - Live 0xffffffffc0000000\n"
    )
    let symbols = symbols((kernel + leaky, loaded), other)
    #expect(text(symbols, 0xffff_ffff_c000_0010) == "0xffffffffc0000010")
  }

  @Test("are none behind a module's end and behind the last function")
  func areNoneBehindTheEnd() {
    let symbols = symbols((kernel + leaky, loaded))
    #expect(text(symbols, 0xffff_ffff_c000_5000) == "0xffffffffc0005000")
    #expect(text(symbols, 0xffff_ffff_ff00_0000) == "0xffffffffff000000")
    #expect(text(symbols, 0xffff_ffff_a000_0000) == "0xffffffffa0000000")
  }

  @Test("are none where the kernel shows zeros, and that is told")
  func areNoneWhereTheKernelShowsZeros() {
    let zeros = "0000000000000000 T _stext\n0000000000000000 t do_eventfd\n"
    let found = Kallsyms(addresses: [0xffff_ffff_8100_0210], in: Array(zeros.utf8).span)
    #expect(found.functions.isEmpty)
    #expect(found.hidesAddresses)
    #expect(!Kallsyms(addresses: [1], in: Array(kernel.utf8).span).hidesAddresses)
  }

  @Test("of a module that comes back elsewhere are those of its first place")
  func ofAModuleThatComesBack() {
    let moved = "leaky 16384 0 - Live 0xffffffffc0a00000 (O)\n"
    let symbols = symbols((kernel + leaky, loaded), ("", ""), ("", moved))
    #expect(text(symbols, 0xffff_ffff_c0a0_0050) == "leaky_exit+0x10/0x3fc0 [leaky]")
  }

  @Test("are asked for anew only when an unknown module came")
  func areAskedForAnew() {
    var symbols = KernelSymbols()
    var readings = 0
    for modules in [loaded, "leaky 16384 3 x, Live 0xffffffffc0000000 (O)\n", "", loaded] {
      symbols.note(modules: Array(modules.utf8)) {
        readings += 1
        return Array((kernel + leaky).utf8)
      }
    }
    #expect(readings == 1)
    symbols.note(modules: Array("other 4096 0 - Live 0xffffffffc0800000\n".utf8)) {
      readings += 1
      return []
    }
    #expect(readings == 2)
  }
}
