internal import Glibc

/// Where files with debugging information are looked for.
package struct SymbolPlaces: Sendable {
  /// The file of the kernel itself, from `--vmlinux`; nil if it is to be looked for.
  package var vmlinux: String?
  /// Directories that are searched with all that lies below them, from `--debug-dir`.
  package var folders: [String]
  /// The release of the kernel that is asked about; nil if the usual places aren't known.
  package var release: String?
  /// The directory that stands for `/`.
  package var root: String

  /// Names the places; `root` is put in front of the usual ones.
  package init(
    vmlinux: String? = nil, folders: [String] = [], release: String? = nil, root: String = ""
  ) {
    self.vmlinux = vmlinux
    self.folders = folders
    self.release = release
    self.root = root
  }

  /// Whether the file or directory is there and may be read.
  package static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }
}
