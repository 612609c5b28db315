package import KmemParsers

/// What became of a loaded module between two snapshots.
package struct ModuleChange: Hashable, Sendable {
  /// The module's name.
  package let name: String
  /// What became of it.
  package let kind: Kind
  /// Bytes of text and data.
  package let size: BeforeAfter
  /// The taint letters that `/proc/modules` prints behind the address: `OE` is out-of-tree, unsigned.
  package let taints: String

  /// What can become of a module between two moments.
  package enum Kind: String, Hashable, Sendable {
    case loaded, unloaded
    /// Unloaded and loaded again: it lies elsewhere or has another size.
    case reloaded
    case unchanged
  }

  /// Whether it wasn't built with the kernel.
  package var isOutOfTree: Bool { taints.contains("O") }
}

extension ModuleChange {
  /// The modules that came, went or were loaded anew.
  package static func changes(from before: Modules, to after: Modules) -> [ModuleChange] {
    let old = Dictionary(before.modules.map { ($0.name, $0) }) { first, _ in first }
    let new = Dictionary(after.modules.map { ($0.name, $0) }) { first, _ in first }
    return Set(old.keys).union(new.keys).sorted()
      .map { ModuleChange(name: $0, before: old[$0], after: new[$0]) }
      .filter { $0.kind != .unchanged }
  }

  private init(name: String, before: Modules.Module?, after: Modules.Module?) {
    self.name = name
    size = BeforeAfter(
      before.flatMap { Int64(exactly: $0.size) }, after.flatMap { Int64(exactly: $0.size) })
    taints = (after ?? before)?.taints ?? ""
    switch (before, after) {
    case (nil, _): kind = .loaded
    case (_, nil): kind = .unloaded
    case (let before?, let after?):
      let moved = before.address != nil && after.address != nil && before.address != after.address
      kind = moved || before.size != after.size ? .reloaded : .unchanged
    }
  }
}
