import ArgumentParser

/// `kmemcheck top`: what holds memory now, and what gains.
struct Top: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Show who holds memory: the kernel's classes and caches; processes; control groups.",
    discussion: """
      kmemcheck top                          one look at the kernel's memory
      kmemcheck top --only caches -n 30 --sort growth --interval 5
      kmemcheck top processes                programs, by what each alone holds (USS)
      kmemcheck top processes --by user --sort pss
      kmemcheck top cgroups --interval 5     services, with what they gained

      On a terminal --interval redraws until Ctrl-C; elsewhere it looks twice and
      prints one table. Reads, changes nothing; as root it reads more.
      The flags --processes and --cgroups mean the subcommands of that name.
      """,
    subcommands: [TopKernel.self, TopProcesses.self, TopCgroups.self],
    defaultSubcommand: TopKernel.self)
}
