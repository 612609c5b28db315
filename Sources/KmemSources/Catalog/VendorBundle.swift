/// A vendor's bundle that keeps kernel files as sections of large texts, and not as files.
///
/// Bundles that keep them as files are trees like any other: sosreport, sysreport, must-gather.
enum VendorBundle: Hashable, CaseIterable {
  /// SUSE's `supportconfig`: `memory.txt` with sections `#==[ Configuration File ]==# # /proc/meminfo`.
  case supportconfig
  /// Android's `bugreport`: one text with sections `------ MEMORY INFO (/proc/meminfo) ------`.
  case bugreport

  /// How sentences call it.
  var words: String {
    switch self {
    case .supportconfig: "a supportconfig"
    case .bugreport: "an Android bug report"
    }
  }

  /// Whether files beside it that are named for what they are come first: a name as common as
  /// `bugreport.txt` says little, and the text says less than they.
  var rank: TreeRank {
    switch self {
    case .supportconfig: .supportconfig
    case .bugreport: .bugreport
    }
  }

  /// What is written near the beginning of the text that holds the state of memory.
  private var marks: Needles {
    switch self {
    case .supportconfig: Needles(["#==[ "])
    case .bugreport:
      Needles(["== dumpstate: ", "------ MEMORY INFO (", "------ VIRTUAL MEMORY STATS ("])
    }
  }

  /// Whether the text is that of such a bundle.
  func isText(_ bytes: [UInt8]) -> Bool {
    Array(bytes.prefix(1 << 18)).span.containsAny(of: marks)
  }

  /// Whether the file of that name holds the state of memory.
  func isMain(_ name: String) -> Bool {
    switch self {
    case .supportconfig: return name == "memory.txt"
    case .bugreport:
      let name = name.lowercased()
      return KernelFileNames.source(named: name) == nil
        && ["bugreport", "dumpstate"].contains { name.hasPrefix($0) }
        && [".txt", ".log"].contains { name.hasSuffix($0) }
    }
  }

  /// The files that tell of the machine, beside the one that holds the state of memory.
  var others: [String] {
    switch self {
    case .supportconfig: ["basic-environment.txt", "boot.txt"]
    case .bugreport: []
    }
  }

  /// The bundle to which a file of that name may belong.
  static func owning(_ name: String) -> VendorBundle? {
    allCases.first { $0.isMain(name) || $0.others.contains(name) }
  }
}
