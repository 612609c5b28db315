/// Recognises a kernel file by what is written in it.
enum KernelFileContents {
  /// A word that only one file has, at the beginning of a line or anywhere.
  private struct Mark {
    let text: [UInt8]
    let source: String

    init(_ source: String, line text: String) {
      self.text = Array("\n\(text)".utf8)
      self.source = source
    }

    init(_ source: String, within text: String) {
      self.text = Array(text.utf8)
      self.source = source
    }
  }

  /// The order counts: a later mark may occur in the files of an earlier one.
  private static let marks: [Mark] = [
    Mark("sys/kernel/debug/kmemleak", within: "unreferenced object"),
    Mark("proc/slabinfo", within: "slabinfo - version"),
    Mark("proc/slabinfo", within: " : slabdata "),
    Mark("proc/allocinfo", within: "allocinfo - version"),
    Mark("proc/pagetypeinfo", within: "Free pages count per migrate type"),
    Mark("proc/pagetypeinfo", within: "Number of blocks type"),
    Mark("proc/zoneinfo", within: "  pages free "),
    Mark("proc/vmallocinfo", within: " vmalloc N0="),
    Mark("proc/vmallocinfo", within: " pages=1 vmalloc"),
    Mark("proc/vmallocinfo", within: " ioremap"),
    Mark("proc/meminfo", line: "MemTotal:"), Mark("proc/meminfo", line: "MemFree:"),
    Mark("proc/vmstat", line: "nr_free_pages "), Mark("proc/vmstat", line: "pgpgin "),
    Mark("proc/buddyinfo", line: "Node 0, zone "),
    Mark("proc/buddyinfo", line: "Node 1, zone "),
    Mark("proc/pressure/memory", line: "some avg10="),
    Mark("proc/config", line: "CONFIG_"), Mark("proc/config", line: "# CONFIG_"),
    Mark("var/log/dmesg", line: "[    0.000000]"),
    Mark("var/log/dmesg", within: "] Linux version "),
    Mark("var/log/dmesg", within: "invoked oom-killer"),
    Mark("var/log/dmesg", within: "kmemleak: "),
    Mark("proc/version", line: "Linux version "), Mark("proc/swaps", line: "Filename\t"),
    Mark("proc/cgroups", line: "#subsys_name"), Mark("proc/cmdline", line: "BOOT_IMAGE="),
    Mark(SourceCatalog.slabListingPath, within: " -> :"),
    Mark("proc/modules", within: " Live 0x"), Mark("proc/modules", within: " - Live "),
    Mark("proc/allocinfo", within: " func:"),
  ]

  /// The source whose text this is, or nothing if no mark is in it.
  ///
  /// Only the beginning is searched, but a kmemleak report may lie anywhere in a log.
  static func source(of bytes: [UInt8]) -> String? {
    let beginning = [UInt8(ascii: "\n")] + bytes.prefix(1 << 18)
    if let mark = marks.first(where: { beginning.span.contains($0.text) }) {
      guard mark.source == "var/log/dmesg", let report = marks.first else { return mark.source }
      return bytes.span.contains(report.text) ? report.source : mark.source
    }
    return nil
  }
}
