import Testing

@testable import KmemParsers

/// A report read whole, as tests look at it.
struct ReadReport: Equatable {
  var records: [KmemleakRecord] = []
  var reader = KmemleakReader()

  init(_ bytes: [UInt8], pieces: Int = .max) {
    var start = 0
    while start < bytes.count {
      let end = pieces == .max ? bytes.count : min(bytes.count, start + pieces)
      let piece = Array(bytes[start..<end])
      reader.read(piece.span) { record, _ in records.append(record) }
      start = end
    }
    reader.finish { record, _ in records.append(record) }
  }

  init(_ text: String, pieces: Int = .max) { self.init(Array(text.utf8), pieces: pieces) }

  /// Whether both read the same, whatever the pieces were.
  static func == (one: Self, other: Self) -> Bool {
    one.records == other.records && one.reader.counts == other.reader.counts
      && one.reader.remarks == other.reader.remarks
      && one.records.indices.allSatisfy {
        one.frames($0) == other.frames($0) && one.comm($0) == other.comm($0)
      }
  }

  func frames(_ index: Int = 0) -> [String] {
    reader.tables.stack(records[index].stack).map(\.text)
  }

  func comm(_ index: Int = 0) -> String? {
    records[index].comm.map { reader.tables.comm($0) }
  }
}

@Suite struct KmemleakTests {
  static let aged = """
    unreferenced object 0xffffa35dfaea3000 (size 192):
      comm "mount", pid 428, jiffies 4294703475 (age 7.578s)
      hex dump (first 32 bytes):
        03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
      backtrace:
        [<00000000b43bed74>] prepare_exec_creds+0x6/0x40
        [<0000000012345678>] bprm_execve+0x10/0x600
        [<000000001fab781f>] 0xffffffffffffffff

    """

  static let percpu = """
    unreferenced object (percpu) 0x60777301a898 (size 8):
      comm "nvme", pid 84134, jiffies 4304631753
      hex dump (first 8 bytes on cpu 9):
        00 00 00 00 00 00 00 00                          ........
      backtrace (crc 0):
        pcpu_alloc_noprof+0x5e0/0xf10
        0xffffffffc11de07f
        nvmf_create_ctrl+0x2ec/0x620 [nvme_fabrics]

    """

  @Test func `a record of 2_6_33 to 6_7 is read, and its end marker dropped`() throws {
    let report = ReadReport(Self.aged)
    let record = try #require(report.records.first)
    #expect(record.address == 0xffff_a35d_faea_3000)
    #expect(record.size == 192 && record.kind == .plain && record.line == 1)
    #expect(report.comm() == "mount" && record.pid == 428)
    #expect(record.jiffies == 4_294_703_475 && record.age == 7578 && record.checksum == nil)
    #expect(record.dump.bytes == [3] + Array(repeating: 0, count: 31))
    #expect(report.frames() == ["prepare_exec_creds+0x6/0x40", "bprm_execve+0x10/0x600"])
    #expect(report.reader.remarks == [] && report.reader.counts.incomplete == 0)
  }

  @Test func `a per-CPU record of 6_15 keeps its bare address and its module`() throws {
    let report = ReadReport(Self.percpu)
    let record = try #require(report.records.first)
    #expect(record.kind == .percpu && record.age == nil && record.checksum == 0)
    #expect(record.dump.content == .zeroed && record.dump.count == 8)
    let frames = report.reader.tables.stack(record.stack)
    #expect(frames.map(\.module) == [nil, nil, "nvme_fabrics"])
    #expect(frames[1].symbol == nil && frames[1].address == 0xffff_ffff_c11d_e07f)
  }

  @Test func `age and bare frames of stable kernels go together`() throws {
    let report = ReadReport(
      """
      unreferenced object 0xffff8881499f4d28 (size 368):
        comm "nfsd", pid 2761, jiffies 4295044002 (age 5541.241s)
        backtrace:
          kmem_cache_alloc+0x4b9/0x700

      """)
    let record = try #require(report.records.first)
    #expect(record.age == 5_541_241 && record.dump.content == .none)
    #expect(report.frames() == ["kmem_cache_alloc+0x4b9/0x700"])
  }

  @Test func `a record of 6_8 has the checksum of its bytes`() throws {
    let report = ReadReport(
      """
      unreferenced object 0xffff88810276bf80 (size 128):
        comm "fssum", pid 2428, jiffies 4294909974
        backtrace (crc 2128895f):
          [<ffffffffb2131db6>] kmalloc_trace_noprof+0x236/0x290

      """)
    #expect(report.records.first?.checksum == 0x2128_895f)
    #expect(report.frames() == ["kmalloc_trace_noprof+0x236/0x290"])
  }

  @Test func `the first release put its name before the header alone`() {
    let report = ReadReport(
      """
      kmemleak: unreferenced object 0xc1234000 (size 64):
        comm "init", pid 1, jiffies 4294937370
        backtrace:
          [<c04a1234>] kmemleak_alloc+0x26/0x60
          [<ffffffff>] 0xffffffff

      """)
    #expect(report.frames() == ["kmemleak_alloc+0x26/0x60"])
    #expect(report.comm() == "init" && report.reader.counts.incomplete == 0)
  }

  @Test func `a decoded stack keeps inlined functions and lines of source`() {
    let report = ReadReport(
      """
      unreferenced object 0xffff8881166b3ac0 (size 32):
        comm "syz-executor191", pid 7127, jiffies 4294946216 (age 12.850s)
        backtrace:
          [<000000006202a794>] slab_alloc mm/slab.c:3320 [inline]
          [<000000007e324303>] kstrdup+0x3a/0x70 mm/util.c:60
          kvm_init (virt/kvm/kvm_main.c:12 (discriminator 3)) kvm

      """)
    let frames = report.reader.tables.stack(report.records.first?.stack ?? 0)
    #expect(frames.map(\.symbol) == ["slab_alloc", "kstrdup", "kvm_init"])
    #expect(frames.map(\.source) == ["mm/slab.c:3320", "mm/util.c:60", "virt/kvm/kvm_main.c:12"])
    #expect(frames.map(\.isInline) == [true, false, false])
  }

  @Test func `hashed, early and build-id frames are read`() {
    let report = ReadReport(
      """
      unreferenced object 0xc000201b53e90000 (size 65536):
       comm "qemu-kvm", pid 124557, jiffies 4295650285 (age 364.370s)
       backtrace:
         [<(____ptrval____)>] .kmem_cache_alloc+0x1/0x2
         [<00000000acc2fb77>] xive_alloc.constprop.0+0x168/0x210 [kvm 0123456789abcdef0123]
         xive_native_provision_pages at arch/powerpc/sysdev/xive/native.c:645
         [<000000004d5c7964>] kvmppc+0x20c/0x3b0 [kvm]

      """)
    let frames = report.reader.tables.stack(report.records.first?.stack ?? 0)
    #expect(frames.map(\.symbol) == [".kmem_cache_alloc", "xive_alloc.constprop.0", "kvmppc"])
    #expect(frames.map(\.module) == [nil, "kvm", "kvm"])
  }

  @Test(arguments: [
    "CPU 5/KVM", "(udev-worker)", "kworker/40:1H", "a\", pid 7, jiffies 9", "", "two\nlines",
  ])
  func `a task may be called anything`(name: String) {
    let report = ReadReport(Self.aged.replacing("\"mount\"", with: "\"\(name)\""))
    #expect(report.comm() == name.replacing("\n", with: " "))
    #expect(report.records.first?.pid == 428)
    #expect(report.reader.counts.incomplete == 0)
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    var result = ""
    var rest = self[...]
    while let first = rest.first {
      if rest.hasPrefix(part) {
        result += other
        rest = rest.dropFirst(part.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
