internal import Glibc
internal import KmemParsers
package import KmemSnapshot

extension LiveFacts {
  /// The processes whose parent is this program, without those that have ended.
  package static func children() -> [ChildProcess] {
    let own = getpid()
    let names = (try? listDirectory("/proc"))?.map(\.name) ?? []
    return names.compactMap { name in
      guard let pid = Int(name), let stat = text("/proc/\(name)/stat"),
        let comm = runningChild(of: Int(own), stat: stat)
      else { return nil }
      let status = Array((text("/proc/\(name)/status") ?? "").utf8)
      return ChildProcess(
        pid: pid, comm: comm, anonymous: (try? ProcStatus(parsing: status.span))?.bytes("RssAnon"))
    }
  }

  /// The name in a line of `/proc/PID/stat`, if the process runs and its parent is the one given.
  static func runningChild(of parent: Int, stat: String) -> String? {
    // The name, in parentheses, may hold spaces and parentheses.
    guard let start = stat.firstIndex(of: "("), let end = stat.lastIndex(of: ")"), start < end
    else { return nil }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 1, fields[0] != "Z", fields[0] != "X", Int(fields[1]) == parent else {
      return nil
    }
    return String(stat[stat.index(after: start)..<end])
  }
}
