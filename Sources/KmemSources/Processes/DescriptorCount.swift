internal import Glibc
internal import KmemSnapshot

/// The number of open descriptors of processes.
///
/// Since 6.2 the size of `/proc/PID/fd` is that number, for every reader. Before, the directory
/// must be listed, by a user who may trace the process; and for each entry listed the kernel keeps
/// a directory entry and an inode, 1 KB, as long as the process lives. Of a process with room for
/// many descriptors, the number is estimated from 512 places instead, so that reading doesn't make
/// the kernel's memory grow.
struct DescriptorCount {
  /// The directory that stands for `/`, without a slash at its end.
  let root: String
  private let isTold: Bool

  /// The most descriptors that are listed.
  private static let listed = 1024
  private static let probes = 512

  init(root: String) {
    self.root = root
    isTold = Self.size(of: "\(root)/proc/self/fd") ?? 0 > 0
  }

  /// The number, and whether it's an estimate; nothing where it may not be known.
  func count(_ process: SeenProcess) -> (number: Int64, isEstimated: Bool)? {
    let path = "\(root)/proc/\(process.pid)/fd"
    if isTold { return Self.size(of: path).map { ($0, false) } }
    guard unsafe access(path, R_OK | X_OK) == 0, let room = process.descriptorRoom else {
      return nil
    }
    guard room > Self.listed else {
      return (try? listDirectory(path)).map { (Int64($0.count), false) }
    }
    return (estimate(path, room), true)
  }

  /// The share of places that are taken, times the room.
  ///
  /// Descriptors are given out from the lowest free number on, so those taken mostly lie together.
  private func estimate(_ path: String, _ room: Int) -> Int64 {
    var taken = 0
    for probe in 0..<Self.probes {
      var status = stat()
      let place = Int((Double(probe) + 0.5) * Double(room) / Double(Self.probes))
      if unsafe lstat("\(path)/\(place)", &status) == 0 { taken += 1 }
    }
    return Int64((Double(taken) / Double(Self.probes) * Double(room)).rounded())
  }

  private static func size(of path: String) -> Int64? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }
}

extension ProcessReader {
  /// Notes the number of open descriptors of each process for which it may be known.
  func count(_ processes: [SeenProcess], _ facts: inout ProcessFacts) {
    let counter = DescriptorCount(root: root)
    for process in processes where process.hasMemory {
      guard let (number, isEstimated) = counter.count(process) else { continue }
      facts.descriptors[String(process.pid)] = number
      if isEstimated { facts.estimated.append(process.pid) }
    }
  }
}
