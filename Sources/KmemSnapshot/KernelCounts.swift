package import KmemParsers

/// Numbers of things that user space makes the kernel hold: each explains growth of caches.
package struct KernelCounts: Sendable {
  /// Open files: the first number of `/proc/sys/fs/file-nr`.
  package let openFiles: Int64?
  /// Inodes in memory: the first number of `/proc/sys/fs/inode-nr`.
  package let inodes: Int64?
  /// Directory entries in memory: the first number of `/proc/sys/fs/dentry-state`.
  package let dentries: Int64?
  /// Directory entries that no one uses at the moment: its second number.
  package let unusedDentries: Int64?
  /// Directory entries of names that don't exist: its fifth number (5.0; 0 before).
  package let negativeDentries: Int64?
  /// Bytes of RAM in System V segments: the sum of the column `rss` of `/proc/sysvipc/shm` (2.6.36).
  package let systemVShared: Int64?
  /// How many TCP sockets without a process the kernel lets be: `tcp_max_orphans`.
  package let orphanLimit: Int64?
  /// Sockets in use: `sockets: used` of `/proc/net/sockstat`.
  package let sockets: Int64?
  /// Closed TCP connections that are kept for a minute: `TCP: tw` of `/proc/net/sockstat`; 0 in a
  /// kernel without TCP.
  package let timeWait: Int64?
  /// Connections that a packet filter tracks: `nf_conntrack_count`.
  package let trackedConnections: Int64?
  /// Buffers of sockets in pages: the `mem` of all protocols in `/proc/net/sockstat`.
  package let socketPages: Int64?
  /// Tasks, threads included: behind the slash in `/proc/loadavg`.
  package let tasks: Int64?
  /// Mounts, by the lines of `/proc/mounts`.
  package let mounts: Int64?
  /// Routes of the reader's network namespace, those of its addresses among them: `Prefixes` of
  /// `/proc/net/fib_triestat`, and the fourth number of `/proc/net/rt6_stats`.
  package let routes: Int64?
  /// Deleted cgroups that memory still holds: `nr_dying_descendants` of the root's `cgroup.stat`.
  package let dyingCgroups: Int64?
  /// Control groups, without those that were removed: `nr_descendants` of the root's `cgroup.stat`, and of
  /// each hierarchy of version 1 `num_cgroups` of `/proc/cgroups`, which counts removed ones too.
  package let controlGroups: Int64?
  /// System V semaphores: the sum of `nsems` in `/proc/sysvipc/sem`.
  package let semaphores: Int64?
  /// Messages in System V queues: the sum of `qnum` in `/proc/sysvipc/msg`.
  package let messages: Int64?
  /// Namespaces that a mount holds, by the lines of `/proc/mounts` with `nsfs`.
  package let namespaces: Int64?
  /// Anonymous memory of the process that took the snapshot, in bytes: `RssAnon` of
  /// `/proc/self/status` (4.5).
  package let ownAnonymous: Int64?
  /// Seconds since boot, from `/proc/uptime`.
  package let upTime: Double?
  /// Seconds since 1970 at boot: `btime` of `/proc/stat`.
  package let bootTime: Double?

  init(_ reader: inout SnapshotReader, _ files: ParsedFiles) {
    func numbers(_ file: KernelFile, _ reader: inout SnapshotReader) -> KernelNumbers? {
      guard reader.capture.sources[file.path] != nil else { return nil }
      let reading: Reading<KernelNumbers> = reader.parse(text: file.path)
      return reading.value
    }
    openFiles = numbers(.openFiles, &reader)?.values.first
    inodes = numbers(.inodes, &reader)?.values.first
    let state = numbers(.directoryEntries, &reader)?.values ?? []
    dentries = state.first
    unusedDentries = state.dropFirst().first
    negativeDentries = state.dropFirst(4).first.flatMap { $0 > 0 ? $0 : nil }
    orphanLimit = numbers(.orphanLimit, &reader)?.values.first
    systemVShared = reader.capture.sum(of: "rss", in: .sharedSegments)
    semaphores = reader.capture.sum(of: "nsems", in: .semaphores)
    messages = reader.capture.sum(of: "qnum", in: .messageQueues)
    controlGroups = reader.capture.controlGroups
    sockets = files[Sockstat.self].value?.protocols["sockets"]?["used"]
    timeWait = files[Sockstat.self].value.map { $0.protocols["TCP"]?["tw"] ?? 0 }
    trackedConnections = numbers(.trackedConnections, &reader)?.values.first
    socketPages = files[Sockstat.self].value?.bufferPages
    mounts = files[Mounts.self].value.map { Int64($0.mounts.count) }
    namespaces = files[Mounts.self].value.map { mounts in
      Int64(mounts.mounts.count { $0.type == "nsfs" })
    }
    routes = reader.capture.routes
    let status = reader.capture[ProcStatus.path].bytes
    ownAnonymous = (try? ProcStatus(parsing: status.span))?.bytes("RssAnon")
    upTime = numbers(.uptime, &reader)?.decimals.first
    tasks = reader.capture.word(in: KernelFile.loadAverage.path, at: 3)?.split(separator: "/").last
      .flatMap { Int64($0) }
    bootTime = reader.capture.value(of: "btime", in: KernelFile.stat.path).flatMap(Double.init)
    dyingCgroups = reader.capture.value(
      of: "nr_dying_descendants", in: CgroupFiles.root + "/cgroup.stat"
    )
    .flatMap { Int64($0) }
  }
}

extension Capture {
  /// The routes of both families; of IPv4 alone where there is no IPv6.
  fileprivate var routes: Int64? {
    guard let tables = text(of: KernelFile.ipv4Routes.path) else { return nil }
    var sum: Int64 = 0
    for line in tables.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count == 2, words[0] == "Prefixes:" else { continue }
      guard let count = UInt32(words[1]) else { return nil }
      sum += Int64(count)
    }
    let others = word(in: KernelFile.ipv6Routes.path, at: 3).flatMap { UInt32($0, radix: 16) }
    return sum + Int64(others ?? 0)
  }

  /// The control groups of all hierarchies; nothing where neither file tells.
  fileprivate var controlGroups: Int64? {
    let unified = value(of: "nr_descendants", in: CgroupFiles.root + "/cgroup.stat")
      .flatMap { Int64($0) }
    let others = text(of: KernelFile.cgroups.path).map(Self.groupsOfVersion1)
    guard unified != nil || others ?? 0 > 0 else { return nil }
    return (unified ?? 0) + (others ?? 0)
  }

  /// The groups of each hierarchy of version 1, which several controllers may share; that of version 2 has
  /// the number 0.
  private static func groupsOfVersion1(_ table: String) -> Int64 {
    var groups: [Substring: Int64] = [:]
    for line in table.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count >= 3, words[1] != "0", let count = UInt32(words[2]) else { continue }
      groups[words[1]] = Int64(count)
    }
    return groups.values.reduce(0, +)
  }

  /// The sum of the column that the header of a table of System V names so.
  fileprivate func sum(of name: String, in file: KernelFile) -> Int64? {
    guard let text = bytes(of: file.path) else { return nil }
    let lines = text.split(separator: UInt8(ascii: "\n"))
    let blank = UInt8(ascii: " ")
    guard
      let column = lines.first?.split(separator: blank)
        .firstIndex(where: { $0.elementsEqual(name.utf8) })
    else { return nil }
    var sum: Int64 = 0
    for line in lines.dropFirst() {
      let words = line.split(separator: blank, maxSplits: column + 1)
      guard column < words.count,
        let bytes = Int64(String(decoding: words[column], as: UTF8.self)), bytes >= 0
      else { return nil }
      let (total, overflow) = sum.addingReportingOverflow(bytes)
      guard !overflow else { return nil }
      sum = total
    }
    return sum
  }

  /// The source's bytes, where it was read and isn't empty.
  private func bytes(of path: String) -> [UInt8]? {
    guard let reading = sources[path], reading.outcome == .read, !reading.bytes.isEmpty else {
      return nil
    }
    return reading.bytes
  }

  /// The source's text, where it was read.
  package func text(of path: String) -> String? {
    bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The source's only line, without its end.
  package func line(of path: String) -> String? {
    bytes(of: path).flatMap(Self.line)
  }

  /// The only line of a text, without its end.
  static func line(of bytes: [UInt8]) -> String? {
    // Files of one line are many, and a log may be asked too: only the line is looked at.
    bytes.drop(while: isEnd).prefix { !isEnd($0) }.text
  }

  /// The only line of a kernel file, without its end.
  package func line(of file: KernelFile) -> String? { line(of: file.path) }

  func word(in path: String, at index: Int) -> String? {
    line(of: path)?.split(separator: " ").dropFirst(index).first.map(String.init)
  }

  /// The word behind the name at the beginning of a line.
  func value(of name: String, in path: String) -> String? {
    for line in bytes(of: path)?.split(whereSeparator: Self.isEnd) ?? []
    where line.starts(with: name.utf8) || line.first == UInt8(ascii: " ") {
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
      if words.count > 1, words[0].elementsEqual(name.utf8) { return words[1].text }
    }
    return nil
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}

extension ArraySlice<UInt8> {
  /// The text, in which bytes that are no UTF-8 are replaced; nothing where there is none.
  fileprivate var text: String? { isEmpty ? nil : String(decoding: self, as: UTF8.self) }
}
