import Foundation

/// A directory of its own for a test, removed with all that lies in it when the test lets go of it.
final class TemporaryDirectory {
  let path: String

  init() throws {
    path = "\(FileManager.default.temporaryDirectory.path)/kmemcheck tests \(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and makes the folders above it.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  /// Runs a shell command in the directory and returns its exit status.
  ///
  /// Foundation's Process would wait for what the command leaves running in the background.
  @discardableResult
  func run(_ command: String) throws -> Int32 {
    unsafe system("cd '\(path)' && { \(command)\n} > /dev/null 2>&1")
  }
}

/// A small tree laid out as `/`, with files of recognisable contents.
enum SampleTree {
  static let meminfo = "MemTotal:       16384 kB\nMemFree:         8192 kB\n"
  static let vmstat = "nr_free_pages 2048\nnr_slab_reclaimable 12\n"
  static let slabinfo = "slabinfo - version: 2.1\n# name\ndentry 1 2 192 21 1 : tunables 0 0 0\n"

  static func write(to directory: TemporaryDirectory, under folder: String = "root") throws {
    try directory.write("\(folder)/proc/meminfo", meminfo)
    try directory.write("\(folder)/proc/vmstat", vmstat)
    try directory.write("\(folder)/proc/slabinfo", slabinfo)
    try directory.write("\(folder)/proc/1/environ", "HOME=/\n")
    try directory.write("\(folder)/sys/fs/cgroup/system.slice/memory.stat", "anon 4096\n")
  }
}
