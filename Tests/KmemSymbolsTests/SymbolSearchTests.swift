import KmemTestSupport
import Testing

@testable import KmemSymbols

@Suite struct SymbolSearchTests {
  @Test func `dashes and underscores in a module's name are one`() {
    #expect(DebugFolder.moduleName("nf-nat.ko.xz") == "nf_nat")
    #expect(DebugFolder.moduleName("nf_nat.ko.debug") == "nf_nat")
    #expect(DebugFolder.moduleName("nf_nat.ko.txt") == nil)
    #expect(DebugFolder.moduleName("nf_nat.c") == nil)
  }

  @Test func `the kernel of the release goes first in a folder of several`() throws {
    let folder = try Objects.folder([
      "boot/vmlinux-5.10": "vmlinux", "boot/vmlinux-6.1": "vmlinux", "boot/vmlinuz-6.1": "vmlinux",
    ])
    let search = SymbolSearch(
      SymbolPlaces(folders: [folder.path], release: "6.1", root: "/nowhere"))
    let found = search.candidates(for: nil, buildID: nil)
    #expect(
      found.prefix(2) == ["\(folder.path)/boot/vmlinux-6.1", "\(folder.path)/boot/vmlinux-5.10"])
    #expect(found.contains("/nowhere/usr/lib/debug/boot/vmlinux-6.1"))
    #expect(!found.contains { $0.contains("vmlinuz") })
  }

  @Test func `a vmlinux that is named is the only one looked at`() {
    let search = SymbolSearch(SymbolPlaces(vmlinux: "/x/vmlinux", folders: ["/y"], release: "6.1"))
    #expect(search.candidates(for: nil, buildID: "abcdef") == ["/x/vmlinux"])
  }

  @Test func `modules that depmod hasn't listed are found`() throws {
    let folder = try Objects.folder(["lib/modules/6.1/kernel/leaky.ko": "leaky.ko"])
    let search = SymbolSearch(SymbolPlaces(release: "6.1", root: folder.path))
    let found = search.candidates(for: "leaky", buildID: nil)
    #expect(found.contains("\(folder.path)/usr/lib/debug/lib/modules/6.1/kernel/leaky.ko"))
    #expect(found.last == "\(folder.path)/lib/modules/6.1/kernel/leaky.ko")
  }

  @Test func `a build id names a file by its first two digits`() {
    let search = SymbolSearch(SymbolPlaces(root: "/nowhere"))
    #expect(
      search.candidates(for: "leaky", buildID: "abcdef")
        == ["/nowhere/usr/lib/debug/.build-id/ab/cdef.debug"])
    #expect(search.candidates(for: "leaky", buildID: "a").isEmpty)
  }
}
