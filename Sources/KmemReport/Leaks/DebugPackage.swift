/// Where a distribution keeps the debugging information of its kernels.
enum DebugPackage {
  /// The package for a release as `uname -r` prints it, as words; for unknown distributions, other
  /// means.
  static func remedy(for release: String?) -> String {
    guard let release else {
      return "the text doesn't tell of which kernel it is; name its files with --vmlinux FILE and "
        + "--debug-dir DIR"
    }
    return "\(package(for: release)); other places: --vmlinux FILE, --debug-dir DIR"
  }

  private static func package(for release: String) -> String {
    let words = release.split { $0 == "-" || $0 == "." || $0 == "+" }
    if words.contains(where: { isNumbered($0, "fc") || isNumbered($0, "el") }) {
      return "debuginfo-install kernel-\(release) installs it (package kernel-debuginfo)"
    }
    switch words.last ?? "" {
    case "amd64", "arm64", "686", "armmp", "s390x", "powerpc64le", "riscv64", "loongson-3":
      return "package linux-image-\(release)-dbg has it"
    case "generic", "lowlatency", "aws", "azure", "gcp", "oracle", "kvm", "raspi", "64k":
      return "package linux-image-unsigned-\(release)-dbgsym has it"
    case "default": return "package kernel-default-debuginfo has it"
    default: return "it is the vmlinux in the directory where the kernel was built"
    }
  }

  /// `el8_9`, `fc39`.
  private static func isNumbered(_ word: Substring, _ prefix: String) -> Bool {
    word.hasPrefix(prefix) && word.dropFirst(prefix.count).first?.isNumber == true
  }
}
