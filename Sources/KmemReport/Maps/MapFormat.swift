import KmemAnalysis

/// Words about mappings.
enum MapFormat {
  /// What a mapping is called in a table.
  static func name(_ area: MapArea) -> String {
    if !area.path.isEmpty { return area.path }
    return area.kind == .bss ? "\(area.owner) (zeroed)" : kind(area.kind)
  }

  /// What a mapping is a part of: the file's path, or the kind of plain memory in brackets.
  static func place(_ place: MapArea.Place) -> String {
    switch place {
    case .file(let path): path
    case .plain(let kind): self.kind(kind)
    }
  }

  private static func kind(_ kind: MapKind) -> String { "[\(kind.rawValue)]" }

  /// An address in hexadecimal, with the digits that user space has on 64 bits.
  static func address(_ address: UInt64) -> String {
    let digits = String(address, radix: 16)
    return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }
}
