internal import Glibc
package import SystemPackage

/// The right to use kmemleak, which one kmemcheck has at a time, and the note of the scanner's
/// state.
///
/// The note in `/run/kmemcheck` says that the automatic scanner ran before it was stopped. A
/// process that gets the lock and finds a note knows that its writer was killed, and starts the
/// scanner again.
package final class ScannerLock {
  /// The directory of the lock and the note, which the next boot empties.
  ///
  /// It's its owner's alone: whoever can open a lock can hold it for ever.
  package static let directory = "/run/kmemcheck"
  /// How long another kmemcheck is waited for, in seconds: a scan of a large machine takes minutes.
  package static let patience = 600.0

  private let lock: FileDescriptor?
  private let notePath: String
  private let boot: String
  /// Why the scanner's state can't be noted, so that no later run could repair it after a SIGKILL.
  package let trouble: Errno?

  private init(lock: FileDescriptor?, directory: String, boot: String, trouble: Errno?) {
    self.lock = lock
    notePath = "\(directory)/scanner-was-on"
    self.boot = boot
    self.trouble = trouble
  }

  deinit { try? lock?.close() }

  /// Takes the lock; nil if another kmemcheck has it.
  package static func take(in directory: String = directory, boot: String) -> ScannerLock? {
    do {
      // Earlier versions made the directory for everybody to read.
      if unsafe mkdir(directory, 0o700) != 0 { _ = unsafe chmod(directory, 0o700) }
      let lock = try FileDescriptor.open(
        FilePath("\(directory)/kmemleak.lock"), .readWrite,
        options: [.create, .closeOnExec, .noFollow], permissions: [.ownerReadWrite])
      _ = fchmod(lock.rawValue, 0o600)
      guard flock(lock.rawValue, LOCK_EX | LOCK_NB) == 0 else {
        try? lock.close()
        return nil
      }
      try? write("\(getpid())\n", to: lock)
      return ScannerLock(lock: lock, directory: directory, boot: boot, trouble: nil)
    } catch {
      return ScannerLock(
        lock: nil, directory: directory, boot: boot, trouble: error as? Errno ?? .ioError)
    }
  }

  /// The number of the process that has the lock, which the process itself wrote there.
  package static func holder(in directory: String = directory) -> String? {
    text(of: "\(directory)/kmemleak.lock").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether a killed run left the scanner stopped, in this boot.
  package var isRepairDue: Bool { Self.text(of: notePath) == boot }

  /// Notes that the scanner ran, before it is stopped.
  package func note() {
    guard trouble == nil else { return }
    let file = try? FileDescriptor.open(
      FilePath(notePath), .writeOnly, options: [.create, .truncate, .closeOnExec, .noFollow],
      permissions: [.ownerReadWrite])
    guard let file else { return }
    try? Self.write(boot + "\n", to: file)
    try? file.close()
  }

  /// Forgets the note, once the scanner runs again.
  package func forget() { _ = unsafe unlink(notePath) }

  private static func write(_ text: String, to file: FileDescriptor) throws {
    guard ftruncate(file.rawValue, 0) == 0 else { throw Errno(rawValue: errno) }
    try file.writeAll(toAbsoluteOffset: 0, Array(text.utf8))
  }

  /// The one line of a small file.
  private static func text(of path: String) -> String? {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
    else { return nil }
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe try? file.read(into: $0) }
    return String(decoding: bytes.prefix(count ?? 0).prefix { $0 != 10 }, as: UTF8.self)
  }
}
