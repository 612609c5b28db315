internal import KmemSnapshot

/// What is wrong with a command line where the parser of arguments knows too little to say it.
package enum ArgumentRefusal: Refusal {
  /// The first word is no command; the nearest command, if one is near, and all commands.
  case noVerb(String, nearest: String?, verbs: [String])
  /// An option's value begins with a minus, which the parser takes for another option.
  case belowZero(option: String, value: String)
  /// A file was named to a command that takes none.
  case noFile(verb: String, name: String)
  /// More than one kind of `top` was asked for.
  case severalTops
  /// An option of one kind of `top` was given to another.
  case foreignOption(TopOption, owner: String, kind: String)

  /// An option that one kind of `top` alone has.
  package enum TopOption: String, Hashable, Sendable {
    case only = "--only"
    case by = "--by"
    case budget = "--budget"

    fileprivate var use: String {
      switch self {
      case .only: "chooses a table of the kernel's memory"
      case .by: "sums processes"
      case .budget: "bounds the reading of processes"
      }
    }
  }

  /// Unlike other refusals these are whole sentences with a full stop.
  package var sentence: String {
    switch self {
    case .noVerb(let word, let nearest, let verbs):
      "there is no command '\(word)'.\(nearest.map { " Did you mean '\($0)'?" } ?? "") Commands: "
        + verbs.joined(separator: ", ") + "."
    case .belowZero(let option, let value): "\(option) takes nothing below zero, as \(value) is."
    case .noFile(let verb, let name):
      "kmemcheck \(verb) reads this machine and takes no file; kmemcheck show and kmemcheck leaks read "
        + "\(InputName.reference(to: name))."
    case .severalTops:
      "one at a time: kmemcheck top, kmemcheck top processes or kmemcheck top cgroups."
    case .foreignOption(let option, let owner, let kind):
      "\(option.rawValue) \(option.use) and is for kmemcheck top \(owner) only, not for \(kind)."
    }
  }
}
