import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck maps`: a process's mappings, and how much of each is in memory.
struct Maps: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "maps",
    abstract: "Show a process's mappings: VSS, RSS, PSS, USS, swap, and its page faults.",
    discussion: """
      kmemcheck maps 812                     every mapping, by address
      kmemcheck maps 812 --by file -n 10     the files and kinds that hold most
      kmemcheck maps 812 --diff 10           which mapping grows in 10 seconds

      A process may be read by its user and by root. Reading walks its pages: of a
      large process it takes a second or more, in which it can't map memory.
      """)

  @Argument(help: "The pid.", completion: .process)
  var pid: Int

  @Argument(
    help: "A snapshot or tree that holds proc/PID/smaps; 'now' is the live machine.",
    completion: .snapshot)
  var snapshot = "now"

  @Option(
    name: .long, help: "Read this tree or archive instead of the live machine.", completion: .file()
  )
  var root: String?

  @Option(name: .long, help: "Merge mappings by this: file or kind.")
  var by: MapText.Merging?

  @Option(name: .long, help: "Sort by address, vss, rss, pss, uss, swap or growth.")
  var sort: MemoryMap.Order?

  @Option(name: .long, help: "Look again after so many seconds and show what each mapping gained.")
  var diff: Double?

  @Option(name: .customShort("n"), help: "Rows of the table.")
  var rows: Int?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard (1...0x7FFF_FFFF).contains(pid) else {
      throw ValidationError("A pid is a number above 0.")
    }
    if let diff, !(0.1...86400).contains(diff) {
      throw ValidationError("--diff takes seconds, from 0.1 to 86400.")
    }
    if diff != nil, snapshot != "now" || root != nil {
      throw ValidationError("--diff looks at the live machine; a snapshot doesn't change.")
    }
    if sort == .growth, diff == nil {
      throw ValidationError("--sort growth needs --diff SECONDS.")
    }
    if let rows, !(1...10_000_000).contains(rows) {
      throw ValidationError("-n takes a number from 1 to 10000000.")
    }
  }

  func run() throws {
    let map: MemoryMap
    if snapshot == "now", root == nil {
      let reader = LiveMaps(pid)
      let first = try reader.map()
      map = try diff.map { try reader.map(since: first, seconds: $0) } ?? first
    } else {
      let input = SnapshotInput(root: root, options: options)
      map = try CapturedMaps(pid, try input.capture(snapshot)).map(options)
    }
    try answer(map)
  }

  private func answer(_ map: MemoryMap) throws {
    let order = sort ?? usualOrder
    let limit = rows ?? .max
    let answer = Answer(
      json: MapsJSON.document(map, order: order, merging: by, limit: limit)
    ) { style in
      MapText(map, order: order, merging: by, limit: limit, style: style).text
    }
    try Output.answer(answer, options)
  }

  private var usualOrder: MemoryMap.Order {
    diff != nil ? .growth : by != nil ? .uss : .address
  }
}
