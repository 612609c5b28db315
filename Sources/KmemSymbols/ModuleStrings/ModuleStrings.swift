internal import CElfutils
internal import SystemPackage

/// The string constants in a module's object file, as hashes, by which it's found out whether the
/// module uses a name.
///
/// The name that a module gives its slab cache is one of these strings. They lie in `.rodata.str*`.
enum ModuleStrings {
  /// The hashes, sorted; nothing if the file can't be read or is no object file.
  static func hashes(inFile path: String) -> (hashes: [UInt64], buildID: String?)? {
    guard elf_version(CUnsignedInt(EV_CURRENT)) != EV_NONE, let file = FileContents.open(path)
    else { return nil }
    defer { try? file.close() }
    guard let elf = unsafe elf_begin(file.rawValue, ELF_C_READ_MMAP, nil) else { return nil }
    defer { _ = unsafe elf_end(elf) }
    guard unsafe elf_kind(elf) == ELF_K_ELF else { return nil }
    var found: Set<UInt64> = []
    var names = 0
    guard unsafe elf_getshdrstrndx(elf, &names) == 0 else { return nil }
    var part = unsafe elf_nextscn(elf, nil)
    while let section = unsafe part {
      unsafe add(section, of: elf, names, to: &found)
      unsafe part = unsafe elf_nextscn(elf, section)
    }
    return (found.sorted(), unsafe buildID(of: elf))
  }

  private static func add(
    _ section: OpaquePointer, of elf: OpaquePointer, _ names: Int, to found: inout Set<UInt64>
  ) {
    var header = GElf_Shdr()
    guard unsafe gelf_getshdr(section, &header) != nil,
      let name = unsafe elf_strptr(elf, names, Int(header.sh_name)),
      unsafe String(cString: name).hasPrefix(".rodata.str"),
      let data = unsafe elf_getdata(section, nil), let start = unsafe data.pointee.d_buf
    else { return }
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: data.pointee.d_size))
    split(bytes) { found.insert($0) }
  }

  /// Calls `receive` with the hash of each string that could be a slab cache's name.
  private static func split(_ bytes: [UInt8], _ receive: (UInt64) -> Void) {
    var hash = NameHash()
    var isName = true
    for byte in bytes {
      if byte == 0 {
        if isName, (2...63).contains(hash.count) { receive(hash.value) }
        hash = NameHash()
        isName = true
      } else {
        // Formats and sentences are no names; a name has printable characters only.
        isName = isName && byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "%")
        hash.add(byte)
      }
    }
  }

  private static func buildID(of elf: OpaquePointer) -> String? {
    var bits: UnsafeRawPointer?
    let count = unsafe Int(dwelf_elf_gnu_build_id(elf, &bits))
    guard count > 0, count <= 64, let bits = unsafe bits else { return nil }
    return unsafe UnsafeRawBufferPointer(start: bits, count: count).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }.joined()
  }
}
