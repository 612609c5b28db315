import KmemAnalysis

/// Sentences on areas of vmalloc and on zones, of which the log has few numbers.
extension ShortageVerdict.Cause {
  /// Areas of vmalloc are made of single pages: what lacks is their place among addresses, or memory for
  /// so much.
  static func vmalloc(_ bytes: Int64, _ free: Int64?, _ total: Int64?) -> String {
    guard bytes > 0 else {
      return
        "an area of no bytes was asked of vmalloc, which it always refuses: memory did not lack, "
        + "whoever asked had worked out an empty size"
    }
    let asked = "an area of \(Amount.short(bytes)) was asked of vmalloc"
    guard let free else { return asked + ", and the log has no numbers of memory" }
    if free > bytes {
      return asked
        + ", and no range of addresses was free for it: \(Amount.short(free)) of memory was"
    }
    return asked + (total.map { ", on a machine with \(Amount.short($0))" } ?? "")
      + ": \(Amount.short(free)) was free"
  }

  /// What vmalloc had got when pages failed; `size` is that of the huge pages it asked for, if it did.
  static func pages(_ got: Int64, _ size: Int64?, _ order: Int) -> String {
    guard let size else {
      return
        "vmalloc got \(Amount.short(got)) and no more pages, and the log has no numbers of memory"
    }
    return "vmalloc found no huge pages (order \(order), \(Amount.short(size)) in one piece) after"
      + " \(Amount.short(got)), and takes single pages then: nothing failed by this line"
  }

  /// What was in use in zones that are quoted alone, and is no program's and no file's.
  static func zones(_ bytes: Int64, _ managed: Int64, _ names: [String]) -> String {
    "unknown who: \(Amount.short(bytes)) of the \(Amount.short(managed)) in"
      + " \(names.count == 1 ? "zone" : "the zones") \(names.joined(separator: " and ")) was neither free"
      + " nor on the lists of programs and files; slab, page tables, and pages of pipes, sockets and drivers"
      + " are told apart by lines that the log lacks"
  }
}
