package import KmemParsers

/// A parameter of the kernel's command line that makes a kernel tell more.
package enum BootParameter: Hashable, Sendable {
  case kmemleak, pageOwner, pressure, memoryProfiling
  /// The parameter that records the callers of each slab allocation, as this kernel spells it.
  case slabTraces(Spelling)
  /// The parameter that keeps slab caches apart, as this kernel spells it.
  case noMerge(Spelling)

  /// The names of the slab allocator's parameters, which changed over time.
  package enum Spelling: String, Hashable, Sendable {
    case slab, slub
  }

  /// The parameter that records the callers of slab allocations, in the spelling of that version.
  ///
  /// Since 6.9 (671776b32be3, "mm/slub: unify all sl[au]b parameters with slab_$param") it's
  /// `slab_debug`; the old name was still taken in 6.12.
  package static func slabTraces(in version: KernelVersion?) -> BootParameter {
    .slabTraces(version?.isAtLeast(6, 9) ?? true ? .slab : .slub)
  }

  /// The parameter that keeps slab caches apart, in the spelling of that version.
  ///
  /// `slab_nomerge` replaced `slub_nomerge` in 3.18 (423c929cbbec; the release is not checked against a
  /// dated commit), and the old name was still taken in 6.12.
  package static func noMerge(in version: KernelVersion?) -> BootParameter {
    .noMerge(version?.isAtLeast(3, 18) ?? true ? .slab : .slub)
  }

  /// The parameter as it's typed.
  package var text: String {
    switch self {
    case .kmemleak: "kmemleak=on"
    case .pageOwner: "page_owner=on"
    case .pressure: "psi=1"
    case .memoryProfiling: "sysctl.vm.mem_profiling=1"
    case .slabTraces(let spelling): "\(spelling.rawValue)_debug=U"
    case .noMerge(let spelling): "\(spelling.rawValue)_nomerge"
    }
  }
}
