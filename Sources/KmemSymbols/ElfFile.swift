internal import CElfutils
internal import SystemPackage

/// An object file, as far as its headers and notes describe it.
@safe final class ElfFile {
  let path: String
  let file: FileDescriptor
  private let elf: OpaquePointer
  let sections: [Section]

  /// A section of the file, in the file's order.
  struct Section: Hashable {
    let index: Int
    let name: String
    let size: UInt64
    let alignment: UInt64
    let flags: UInt64
    /// Whether the file holds no bytes of the section, as files of debugging information alone
    /// don't.
    let isEmpty: Bool

    var isCode: Bool { flags & 0x6 == 0x6 }
  }

  /// Opens a file; nothing if it isn't there, can't be read or is no object file.
  init?(_ path: String) {
    guard elf_version(CUnsignedInt(EV_CURRENT)) != EV_NONE,
      let file = FileContents.open(path)
    else { return nil }
    guard let elf = unsafe elf_begin(file.rawValue, ELF_C_READ_MMAP, nil),
      unsafe elf_kind(elf) == ELF_K_ELF
    else {
      try? file.close()
      return nil
    }
    self.path = path
    self.file = file
    unsafe self.elf = unsafe elf
    sections = unsafe Self.sections(of: elf)
  }

  deinit {
    _ = unsafe elf_end(elf)
    try? file.close()
  }

  /// Whether it has line tables.
  var hasLines: Bool {
    sections.contains {
      ($0.name == ".debug_line" || $0.name == ".zdebug_line") && $0.size > 0 && !$0.isEmpty
    }
  }

  /// The build id in hexadecimal, which is another one for every build.
  lazy var buildID: String? = {
    var bits: UnsafeRawPointer?
    let count = unsafe Int(dwelf_elf_gnu_build_id(elf, &bits))
    guard count > 0, count <= 64, let bits = unsafe bits else { return nil }
    return unsafe UnsafeRawBufferPointer(start: bits, count: count).map(Self.hex).joined()
  }()

  /// The name of the file that the debugging information was moved to, from `.gnu_debuglink`.
  var debugLink: String? {
    var checksum = GElf_Word()
    return unsafe dwelf_elf_gnu_debuglink(elf, &checksum).map { unsafe String(cString: $0) }
  }

  /// The `srcversion` of a module's `.modinfo`: a checksum of its source.
  lazy var sourceVersion: String? = {
    guard let section = sections.first(where: { $0.name == ".modinfo" }), !section.isEmpty,
      let part = unsafe elf_getscn(elf, section.index), let data = unsafe elf_getdata(part, nil),
      let bytes = unsafe data.pointee.d_buf
    else { return nil }
    let text = unsafe UnsafeRawBufferPointer(start: bytes, count: data.pointee.d_size)
    return unsafe text.split(separator: 0)
      .map { unsafe String(decoding: $0, as: UTF8.self) }
      .first { $0.hasPrefix("srcversion=") }
      .map { String($0.dropFirst("srcversion=".count)) }
  }()

  private static func sections(of elf: OpaquePointer) -> [Section] {
    var names = 0
    guard unsafe elf_getshdrstrndx(elf, &names) == 0 else { return [] }
    var sections: [Section] = []
    var part = unsafe elf_nextscn(elf, nil)
    while let current = unsafe part {
      var header = GElf_Shdr()
      if unsafe gelf_getshdr(current, &header) != nil {
        let name = unsafe elf_strptr(elf, names, Int(header.sh_name))
        sections.append(
          Section(
            index: unsafe elf_ndxscn(current),
            name: unsafe name.map { unsafe String(cString: $0) } ?? "",
            size: header.sh_size, alignment: header.sh_addralign, flags: header.sh_flags,
            isEmpty: header.sh_type == 8))
      }
      unsafe part = unsafe elf_nextscn(elf, current)
    }
    return sections
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
