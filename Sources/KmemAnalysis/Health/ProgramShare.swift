import KmemSnapshot

/// The processes of one name, and what they have of something together.
package struct ProgramShare: Hashable, Sendable {
  /// The name of the command.
  package let name: String
  /// How many processes of that name have some.
  package let processes: Int
  /// What they have: bytes, or a number of things.
  package let amount: Int64

  /// The program that has most, if that is a quarter of the whole or more.
  init?(_ list: ProcessList?, whole: Int64, amount: (ProcessRecord) -> Int64?) {
    let having = (list?.records ?? []).filter { amount($0) ?? 0 > 0 }
    let programs = Dictionary(grouping: having, by: \.comm).map { name, members in
      (name: name, count: members.count, amount: members.sum { amount($0) ?? 0 })
    }
    guard let most = programs.max(by: { ($0.amount, $1.name) < ($1.amount, $0.name) }),
      most.amount >= whole / 4
    else { return nil }
    name = most.name
    processes = most.count
    self.amount = most.amount
  }

  init(name: String, processes: Int, amount: Int64) {
    self.name = name
    self.processes = processes
    self.amount = amount
  }
}
