import ArgumentParser
import KmemAnalysis
import KmemParsers

/// How many addresses are followed.
enum TraceSampling: ExpressibleByArgument, Hashable {
  /// As many as the budget allows.
  case auto
  /// One in so many, a power of two.
  case one(in: Int64)

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
      return
    }
    guard let number = Int64(argument), (1...4096).contains(number), number & (number - 1) == 0
    else {
      return nil
    }
    self = .one(in: number)
  }

  static var allValueStrings: [String] { ["auto", "1", "2", "4", "…", "4096"] }
}

/// A trace as the user wants it.
struct TraceWish {
  /// What is to be traced.
  enum Scope: Hashable {
    case cache(String)
    case size(Int64)
    case pages, percpu, everything

    /// The scope of what was found to grow.
    init(_ aim: Remedy.TraceAim) {
      switch aim {
      case .cache(let name): self = .cache(name)
      case .pages: self = .pages
      case .percpu: self = .percpu
      case .everything: self = .everything
      }
    }
  }

  var what: Scope
  /// How long, in seconds.
  let seconds: Double
  let sampling: TraceSampling
  /// The only process whose allocations count.
  let pid: Int?
  /// The share of the machine's processors that tracing may take.
  let budget: Double
  /// Whether it may take more.
  let isForced: Bool
  /// A command to trace while it runs.
  let command: [String]
  /// Whether what grows may be traced alone, where everything can't be followed within the budget.
  var mayNarrow = false
  /// What may follow the allocations, the best first.
  var engines: [TraceRecord.Engine] = [.programs, .tracefs]
}

extension TraceRecord.Engine: ExpressibleByArgument {}
