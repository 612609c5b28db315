import KmemAnalysis
import KmemParsers

extension Ability {
  /// The name for people: the option without `CONFIG_`, or the file.
  var name: String {
    switch id {
    case .configuration: "configuration"
    case .privileges: "privileges"
    case .kmemleak: Remedy.Option.kmemleak.rawValue
    case .kmemleakDefault: "DEBUG_KMEMLEAK_DEFAULT_OFF"
    case .kmemleakAutoScan: "DEBUG_KMEMLEAK_AUTO_SCAN"
    case .kmemleakPool: sizeOption.rawValue
    case .debugfs: Remedy.Option.debugfs.rawValue
    case .lockdown: "lockdown"
    case .slabinfo: "slabinfo"
    case .slabTraces: Remedy.Option.slabDebug.rawValue
    case .slabNames: "SLAB_MERGE_DEFAULT"
    case .vmallocinfo: "vmallocinfo"
    case .allocinfo: Remedy.Option.allocationProfiling.rawValue
    case .pageOwner: Remedy.Option.pageOwner.rawValue
    case .tracing: "tracing"
    case .pressure: Remedy.Option.pressure.rawValue
    case .memcg: Remedy.Option.memcg.rawValue
    case .kallsyms: Remedy.Option.kallsyms.rawValue
    case .kallsymsAll: Remedy.Option.kallsymsAll.rawValue
    case .stacktrace: Remedy.Option.stacktrace.rawValue
    case .debugInfo: Remedy.Option.debugInfo.rawValue
    case .pointers: "kptr_restrict"
    }
  }

  private var sizeOption: Remedy.SizeOption {
    guard case .room(let option, objects: _) = detail else { return .memoryPool }
    return option
  }

  /// What the ability is good for, in a few words.
  var gives: String {
    switch id {
    case .configuration: "which options this kernel was built with"
    case .privileges: "files that only root may read"
    case .kmemleak: "unreferenced objects and who allocated them"
    case .kmemleakDefault: "kmemleak from the start of the boot"
    case .kmemleakAutoScan: "a scan every 10 minutes, unasked"
    case .kmemleakPool: "room for what is allocated early"
    case .debugfs: "the files of kmemleak, page_owner and slab traces"
    case .lockdown: "that root may open kmemleak's file"
    case .slabinfo: "memory of each slab cache"
    case .slabTraces: "who allocated each cache's objects"
    case .slabNames: "a name of its own for each slab cache"
    case .vmallocinfo: "memory of each vmalloc caller"
    case .allocinfo: "memory of each line that allocates"
    case .pageOwner: "who allocated each page"
    case .tracing: "who allocates what stays, from now on: kmemcheck trace"
    case .pressure: "time lost to waiting for memory"
    case .memcg: "memory of each service, the kernel's share included"
    case .kallsyms: "names of functions in stacks"
    case .kallsymsAll: "names of data in stacks"
    case .stacktrace: "stacks of allocations"
    case .debugInfo: "file and line of each frame"
    case .pointers: "addresses in modules and stacks"
    }
  }
}

extension AbilityDetail {
  /// What there is to say beside the state, in a few words; nil if there is nothing.
  var words: String? {
    switch self {
    case .origin(let origin): origin
    case .root: "root"
    case .rootWithoutCapabilities: "root with less than its capabilities"
    case .notRoot: "not root"
    case .mounted(let mountPoint): "mounted at \(mountPoint)"
    case .notMounted: "not mounted"
    case .lockdown(let mode): mode.rawValue
    case .beforeLockdown: "kernels before 5.4 have no lockdown"
    case .beforeTracing: "kernels before 4.14 lack its events"
    case .lockdownNotBuilt: "no lockdown in this kernel"
    case .addressesHidden: "addresses show as zeros"
    case .kmemleak(let state): state.words
    case .kmemleakByDefault(let isOn): isOn ? "on by default" : "off without kmemleak=on"
    case .scansOnRequest: "only scans that are asked for"
    case .alwaysScans: "always, in kernels before 5.0"
    case .room(_, let objects): objects.map { "\($0) objects" }
    case .allocator(let name): name
    case .tracedOnly(let caches): "only for \(caches.joined(separator: ", "))"
    case .notTraced: "not recorded"
    case .sharedNames(let count): "\(count) names share their cache with others"
    case .merging: "caches of one size are merged"
    case .beforeMerging: "SLAB merges nothing before 3.18"
    case .laterRelease(let first):
      "not in this release" + (first.map { ", since \($0)" } ?? "")
    case .outsideMemory: "in the build's vmlinux or a debug package, not in memory"
    }
  }
}
