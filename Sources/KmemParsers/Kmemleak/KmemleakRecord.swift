/// One unreferenced object of `/sys/kernel/debug/kmemleak`.
///
/// Written by `mm/kmemleak.c`, `print_unreferenced()`, since 2.6.31. What a kernel didn't print is
/// nothing here. Names and stacks are numbers of the reader's `KmemleakTables`.
package struct KmemleakRecord: Hashable, Sendable {
  /// What kind of address the header names.
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// Slab, vmalloc, large kmalloc, memblock: a kernel virtual address.
    case plain
    /// A per-CPU area (6.12; the header says so since 6.15).
    case percpu
    case physical
  }

  /// How much of a record the text holds.
  package enum Extent: UInt8, Hashable, Sendable, CaseIterable {
    /// All of it, also where kmemleak recorded no stack.
    case whole
    /// Not the line that announces the stack, nor what follows it.
    case withoutStack
    /// Nothing but the first line, as texts about a fault quote it.
    case firstLine
  }

  /// How much of the record the text holds.
  package internal(set) var extent = Extent.whole
  /// The line of the header, counted from 1.
  package internal(set) var line: Int
  /// What the address is of: plain memory, a per-CPU area, or physical memory.
  package internal(set) var kind: Kind
  /// The address of its first byte.
  package internal(set) var address: UInt64
  /// In bytes, as kmemleak prints it: the object size of the cache.
  package internal(set) var size: UInt64
  /// The name of the task that allocated it; `softirq` and `hardirq` for interrupts.
  package internal(set) var comm: Int?
  /// The process id of that task; nil where the line has none.
  package internal(set) var pid: Int64?
  /// When it was allocated, in ticks of CONFIG_HZ.
  package internal(set) var jiffies: UInt64?
  /// The age at the time of reading in milliseconds; printed by 2.6.33 to 6.7 and stable kernels.
  package internal(set) var age: UInt64?
  /// The CRC-32 of the object's bytes, not of its stack (6.8).
  package internal(set) var checksum: UInt32?
  /// The first bytes of the object, as far as the kernel printed them.
  package internal(set) var dump: KmemleakDump
  /// The stack; its frames come from the tables.
  package internal(set) var stack: Int
  /// Objects that the kernel log only counts, "with the same backtrace" (7.x).
  package internal(set) var others: UInt64

  init(line: Int, kind: Kind, address: UInt64, size: UInt64) {
    self.line = line
    self.kind = kind
    self.address = address
    self.size = size
    dump = KmemleakDump()
    stack = 0
    others = 0
  }
}

/// The first bytes of an object, of which the kernel prints at most 32.
package struct KmemleakDump: Hashable, Sendable {
  /// How many bytes are known.
  package private(set) var count = 0
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  package static func == (one: Self, other: Self) -> Bool {
    one.count == other.count && one.words == other.words
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }

  /// The bytes in the order of memory.
  package var bytes: [UInt8] {
    (0..<count).map { byte($0) }
  }

  mutating func append(_ byte: UInt8) {
    guard count < 32 else { return }
    let bits = UInt64(byte) << (count % 8 * 8)
    switch count / 8 {
    case 0: words.0 |= bits
    case 1: words.1 |= bits
    case 2: words.2 |= bits
    default: words.3 |= bits
    }
    count += 1
  }

  /// Appends sixteen bytes, the first one lowest, behind none or sixteen.
  mutating func append(row: (UInt64, UInt64)) {
    switch count {
    case 0: (words.0, words.1) = row
    case 16: (words.2, words.3) = row
    default: return
    }
    count += 16
  }

  private func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: words.0
    case 1: words.1
    case 2: words.2
    default: words.3
    }
  }
}

extension KmemleakDump {
  /// What the bytes look like.
  package enum Content: Int, Hashable, Sendable, CaseIterable {
    case none, zeroed, text, pointers, mixed
  }

  /// Zeroed, a text from its start on, with a kernel pointer in it, or anything else.
  package var content: Content {
    guard count > 0 else { return .none }
    if words == (0, 0, 0, 0) { return .zeroed }
    if holdsPointer { return .pointers }
    return startsWithText ? .text : .mixed
  }

  /// Whether an aligned word can be an address of a 64-bit kernel, in either byte order.
  private var holdsPointer: Bool {
    for index in 0..<(count / 8) {
      let word = word(index)
      if Self.isKernelAddress(word) || Self.isKernelAddress(word.byteSwapped) { return true }
    }
    return false
  }

  /// Whether the word lies in the upper half of the address space on x86, arm64 and riscv, or at
  /// 0xc000… of powerpc.
  ///
  /// Small negative numbers, such as an error's −22, and two 32-bit ones don't count.
  private static func isKernelAddress(_ word: UInt64) -> Bool {
    switch word >> 48 {
    case 0xffff: (word >> 16) & 0xffff_ffff != 0xffff_ffff && word & 0xffff_ffff != 0
    case 0xc000: word & 0x0000_ffff_ffff_ffff != 0
    default: false
    }
  }

  /// At least four printable characters, then a NUL, or nothing else.
  private var startsWithText: Bool { printed != nil }
}

extension KmemleakDump {
  /// The text at the beginning, up to a NUL or to where slab debugging fills the rest.
  ///
  /// Nil if it's shorter than four characters, or something else follows it.
  package var text: String? { printed.map { String(decoding: $0.bytes, as: UTF8.self) } }

  /// The bytes of that text alone, which cost less to compare than it does.
  package var printed: KmemleakDump? {
    // Few objects begin with a text, and each object is asked.
    guard count >= 4, isText(0), isText(1), isText(2), isText(3) else { return nil }
    var end = 4
    while end < count, isText(end) { end += 1 }
    guard end == count || byte(end) == 0 || byte(end) == Self.poisonEnd else { return nil }
    let isFilled = end < count && byte(end) == Self.poisonEnd
    var rest = 0
    while rest < end, byte(end - 1 - rest) == Self.poisonFree { rest += 1 }
    guard !isFilled || rest > 0 else { return nil }
    if isFilled || end == count && rest >= 4 { end -= rest }
    return end >= 4 ? prefix(end) : nil
  }

  /// The first bytes, so many of them.
  private func prefix(_ count: Int) -> KmemleakDump {
    var dump = KmemleakDump()
    for index in 0..<count { dump.append(byte(index)) }
    return dump
  }

  private func byte(_ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: word(index / 8) >> (index % 8 * 8))
  }

  private func isText(_ index: Int) -> Bool { Self.isText(byte(index)) }

  private static func isText(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7f || byte == Ascii.newline
  }

  /// What slab debugging fills memory with that nobody wrote yet, and the last byte of it: POISON_FREE
  /// and POISON_END of include/linux/poison.h.
  private static let (poisonFree, poisonEnd): (UInt8, UInt8) = (0x6b, 0xa5)

  /// Hands over the aligned words that may be addresses of the same kernel as `address`, in either byte
  /// order.
  ///
  /// A word is as long as the kernel's pointers: 4 bytes where `address` fits into them.
  package func addresses(like address: UInt64, _ receive: (UInt64) -> Void) {
    let isWide = address > UInt64(UInt32.max)
    for index in 0..<(isWide ? count / 8 : count / 4) {
      let little = isWide ? word(index) : word(index / 2) >> (index % 2 * 32) & 0xffff_ffff
      let big = isWide ? little.byteSwapped : little.byteSwapped >> 32
      if little.isNear(address, isWide) { receive(little) }
      if big.isNear(address, isWide) { receive(big) }
    }
  }
}

extension UInt64 {
  /// Whether the number lies in the same part of the address space: the kernel's half, of which
  /// the upper 16 of 64 bits are the same everywhere.
  fileprivate func isNear(_ address: UInt64, _ isWide: Bool) -> Bool {
    guard self >= 4096 else { return false }
    return isWide
      ? self >> 48 == address >> 48
      : self >> 30 == address >> 30
        || self >> 31 == 1 && address >> 31 == 1
  }
}
