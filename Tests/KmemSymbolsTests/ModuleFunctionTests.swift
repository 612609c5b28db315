@testable import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemSymbols

/// Addresses in modules that are gone.
@Suite struct ModuleFunctionTests {
  private func functions(_ file: String) throws -> (ModuleFunctions, TemporaryFolder) {
    let folder = try Objects.folder(["leaky.ko": file])
    return (ModuleFunctions(SymbolPlaces(folders: [folder.path])), folder)
  }

  private func residence(build: String? = Objects.build, version: String? = nil) -> ModuleResidence
  {
    ModuleResidence(
      name: "leaky", start: 0xffff_ffff_c000_0000, size: 16384, buildID: build,
      sourceVersion: version, seen: nil)
  }

  @Test(arguments: ["leaky.ko", "split.ko", "split.ko.debug", "packed.ko.xz"])
  func `sections of code lie one behind the other, those of initialisation elsewhere`(
    file: String
  ) throws {
    let (functions, folder) = try functions(file)
    defer { withExtendedLifetime(folder) {} }
    // .text has 0x10b bytes, .text.unlikely 0x22 and .exit.text 0x27; each is aligned to 16.
    #expect(
      functions.code(at: 0x58, in: residence())
        == .function(
          CodeFrame(
            function: "leak", offset: 0x18, length: 0x50, module: "leaky", buildID: Objects.build)))
    guard case .function(let unlikely) = functions.code(at: 0x110 + 0x11, in: residence()),
      case .function(let exit) = functions.code(at: 0x140 + 0x13, in: residence())
    else {
      Issue.record("no function")
      return
    }
    #expect(unlikely.function == "unlikely" && unlikely.offset == 0x11)
    #expect(exit.function == "cleanup_module" && exit.offset == 0x13)
    #expect(functions.code(at: 0x140 + 0x27, in: residence()) == .outside)
  }

  @Test func `a call at a function's end isn't taken for the next function's`() throws {
    let (functions, folder) = try functions("leaky.ko")
    defer { withExtendedLifetime(folder) {} }
    guard case .function(let code) = functions.code(at: 0xa0, in: residence()) else {
      Issue.record("no function")
      return
    }
    #expect(code.function == "last_call" && code.offset == 0x10)
  }

  @Test func `a file that may be of another build names nothing`() throws {
    let (functions, folder) = try functions("leaky.ko")
    defer { withExtendedLifetime(folder) {} }
    #expect(functions.code(at: 0x58, in: residence(build: nil)) == .unknown)
    #expect(functions.code(at: 0x58, in: residence(build: "ab" + Objects.build)) == .unknown)
    #expect(functions.code(at: 0x58, in: residence(build: nil, version: "FFFF")) == .unknown)
    let same = residence(build: nil, version: Objects.sourceVersion)
    #expect(functions.code(at: 0x58, in: same) != .unknown)
  }

  @Test func `a frame that the kernel named is an address again`() throws {
    let (functions, folder) = try functions("leaky.ko")
    defer { withExtendedLifetime(folder) {} }
    #expect(functions.offset(of: Objects.frame("leak", 0x18, 0x50), in: residence()) == 0x58)
    #expect(functions.offset(of: Objects.frame("helper", 0x22, 0x30), in: residence()) == 0xe2)
    #expect(functions.offset(of: Objects.frame("twin", 0xb, 0x20), in: residence()) == nil)
    #expect(functions.offset(of: Objects.frame("nowhere", 1, 2), in: residence()) == nil)
  }
}
