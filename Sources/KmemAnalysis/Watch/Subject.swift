/// What an amount of memory, or a count, is of.
package struct Subject: Hashable, Sendable {
  package let kind: Kind
  package let name: String

  package init(kind: Kind, name: String) {
    self.kind = kind
    self.name = name
  }

  package enum Kind: String, CaseIterable, Sendable {
    case allocationLine = "line"
    case cache
    case vmallocCaller = "vmalloc caller"
    case memoryClass = "class"
    /// All that a module allocated, as far as lines of source or callers of vmalloc tell it.
    case module
    /// The system, or whose memory it is.
    case side
    /// Things that the kernel counts, such as open files; the name is the unit.
    case count
    case cgroup
    /// A process by pid, command and start time, which together are its identity.
    case process
    /// Its part of shared memory, which others may have too.
    case processShared = "process, shared memory"
    case processFiles = "process, open files"
    /// All processes of one command together: those that come and go too.
    case command
  }
}

extension Subject {
  /// The unit of its amounts.
  package var unit: TrendUnit {
    switch kind {
    case .count: .count(name)
    case .processFiles: .count("open files")
    default: .bytes
    }
  }

  /// Whether it holds nothing when it isn't listed and others of its kind are.
  var isNothingWhenAbsent: Bool {
    switch kind {
    case .allocationLine, .cache, .vmallocCaller, .module: true
    case .memoryClass, .side, .count, .cgroup, .command: false
    case .process, .processShared, .processFiles: false
    }
  }

  /// The subject in words, as a user knows it: `slab cache kmalloc-2k`.
  package var title: String {
    switch kind {
    case .cache: "slab cache \(name)"
    case .vmallocCaller: "vmalloc by \(name)"
    case .module: "module \(name)"
    case .cgroup: "cgroup \(name)"
    case .process: "process \(processName)"
    case .processShared: "shared memory of process \(processName)"
    case .processFiles: "open files of process \(processName)"
    case .command: "command \(name)"
    case .allocationLine, .memoryClass, .side, .count: name
    }
  }
}
