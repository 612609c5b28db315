internal import SystemPackage

/// Lists the files in which a kernel's or a module's symbols may lie, the likeliest first.
final class SymbolSearch {
  let places: SymbolPlaces
  private lazy var folders = places.folders.map(DebugFolder.init)
  private lazy var library = places.release.flatMap {
    ModulePaths(directory: "\(places.root)/lib/modules/\($0)")
  }

  /// All modules of the release, for those that depmod hasn't listed.
  private lazy var tree = places.release.map { DebugFolder("\(places.root)/lib/modules/\($0)") }

  init(_ places: SymbolPlaces) { self.places = places }

  /// The files for a module, or for the kernel itself where it is nil; not all of them need exist.
  func candidates(for module: String?, buildID: String?) -> [String] {
    if module == nil, let vmlinux = places.vmlinux { return [vmlinux] }
    var paths: [String] = []
    for folder in folders {
      paths += buildID.map { Self.path(ofBuild: $0, in: folder.path) } ?? []
      paths +=
        module.map { folder.modules[DebugFolder.normalized($0)] ?? [] } ?? kernels(of: folder)
    }
    paths += buildID.map { Self.path(ofBuild: $0, in: "\(places.root)/usr/lib/debug") } ?? []
    guard let release = places.release else { return paths }
    return paths + (module.map { modulePlaces($0) } ?? kernelPlaces(release))
  }

  /// The kernels in a folder, that of the wanted release first.
  private func kernels(of folder: DebugFolder) -> [String] {
    guard let release = places.release else { return folder.kernels }
    return folder.kernels.filter { $0.contains(release) }
      + folder.kernels.filter { !$0.contains(release) }
  }

  private func kernelPlaces(_ release: String) -> [String] {
    [
      "usr/lib/debug/boot/vmlinux-\(release)", "usr/lib/debug/lib/modules/\(release)/vmlinux",
      "usr/lib/debug/usr/lib/modules/\(release)/vmlinux",
      "usr/lib/debug/boot/vmlinux-\(release).debug", "lib/modules/\(release)/build/vmlinux",
      "lib/modules/\(release)/vmlinux", "boot/vmlinux-\(release)",
    ].map { "\(places.root)/\($0)" }
  }

  private func modulePlaces(_ module: String) -> [String] {
    if let path = library?.path(of: module) { return modulePlaces(path: path) }
    return (tree?.modules[DebugFolder.normalized(module)] ?? []).flatMap(modulePlaces(path:))
  }

  private func modulePlaces(path: String) -> [String] {
    var below = String(path.dropFirst(places.root.count))
    for ending in [".xz", ".zst", ".gz"] where below.hasSuffix(ending) {
      below = String(below.dropLast(ending.count))
    }
    let debug = "\(places.root)/usr/lib/debug"
    return ["\(debug)\(below).debug", "\(debug)\(below)", "\(debug)/usr\(below).debug", path]
  }

  /// `.build-id/ab/cdef….debug` below a directory.
  static func path(ofBuild buildID: String, in directory: String) -> [String] {
    guard buildID.count > 2 else { return [] }
    return ["\(directory)/.build-id/\(buildID.prefix(2))/\(buildID.dropFirst(2)).debug"]
  }

  /// Where the debugging information that was taken out of a file may lie.
  func companions(of file: ElfFile) -> [String] {
    var paths =
      file.buildID.map { Self.path(ofBuild: $0, in: "\(places.root)/usr/lib/debug") } ?? []
    for folder in places.folders {
      paths += file.buildID.map { Self.path(ofBuild: $0, in: folder) } ?? []
    }
    guard let link = file.debugLink, !link.contains("/") else { return paths }
    let directory = FilePath(file.path).removingLastComponent().string
    let below =
      directory.hasPrefix(places.root) ? String(directory.dropFirst(places.root.count)) : ""
    return paths + [
      "\(directory)/\(link)", "\(directory)/.debug/\(link)",
      "\(places.root)/usr/lib/debug\(below)/\(link)",
    ]
  }
}
