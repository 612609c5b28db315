internal import Glibc

/// The kernels and modules that lie in a directory or below it, found in one walk.
struct DebugFolder {
  let path: String
  /// Files that may be a kernel with its symbols.
  private(set) var kernels: [String] = []
  /// Files of modules, by the module's name as `/proc/modules` spells it.
  private(set) var modules: [String: [String]] = [:]
  private var remaining = 500_000

  init(_ path: String) {
    self.path = path
    walk(path, depth: 0)
  }

  private mutating func walk(_ directory: String, depth: Int) {
    guard depth < 24, let stream = unsafe opendir(directory) else { return }
    defer { unsafe closedir(stream) }
    var folders: [String] = []
    while remaining > 0, let entry = unsafe readdir(stream) {
      remaining -= 1
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      guard !name.hasPrefix(".") else { continue }
      let file = "\(directory)/\(name)"
      switch unsafe Self.kind(entry.pointee.d_type, file) {
      case S_IFDIR: folders.append(file)
      case S_IFREG: add(file, name: name)
      default: break
      }
    }
    // Folders are walked in their order, so that the same files are taken each time.
    for folder in folders.sorted() { walk(folder, depth: depth + 1) }
  }

  private mutating func add(_ file: String, name: String) {
    if name == "vmlinux" || name.hasPrefix("vmlinux-") || name == "vmlinux.debug" {
      kernels.append(file)
    } else if let module = Self.moduleName(name) {
      modules[module, default: []].append(file)
    }
  }

  /// The module's name in `nf-nat.ko`, `nf_nat.ko.xz`, `nf_nat.ko.debug`.
  static func moduleName(_ file: String) -> String? {
    guard let end = file.firstRange(of: ".ko")?.lowerBound, end > file.startIndex else {
      return nil
    }
    let rest = file[end...].dropFirst(3).split(separator: ".").map(String.init)
    guard rest.allSatisfy(["debug", "xz", "zst", "gz"].contains) else { return nil }
    return normalized(String(file[..<end]))
  }

  /// The kernel takes dashes in a module's name for underscores.
  static func normalized(_ module: String) -> String {
    String(module.map { $0 == "-" ? "_" : $0 })
  }

  /// The kind of the file; links to files are followed, but not those to directories, which may
  /// lead in circles.
  private static func kind(_ type: UInt8, _ path: String) -> mode_t {
    if Int(type) == Int(DT_DIR) { return S_IFDIR }
    if Int(type) == Int(DT_REG) { return S_IFREG }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return 0 }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFDIR && Int(type) == Int(DT_LNK) ? 0 : kind
  }
}
