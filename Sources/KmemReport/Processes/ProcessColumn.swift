import KmemAnalysis

/// The amounts of a process that a table shows.
enum ProcessColumn: CaseIterable {
  case uss, pss, rss, vss, swap

  var title: String {
    switch self {
    case .uss: "USS"
    case .pss: "PSS"
    case .rss: "RSS"
    case .vss: "VSS"
    case .swap: "swap"
    }
  }

  func amount(_ sums: ProcessSums) -> ProcessSums.Sum {
    switch self {
    case .uss: sums.uss
    case .pss: sums.pss
    case .rss: sums.rss
    case .vss: sums.vss
    case .swap: sums.swap
    }
  }

  /// The amount by which an order sorts.
  static func main(_ order: ProcessTop.Order) -> ProcessColumn {
    switch order {
    case .uss, .growth, .name: .uss
    case .pss: .pss
    case .rss: .rss
    case .vss: .vss
    case .swap: .swap
    }
  }
}

extension ProcessTop.Order {
  var title: String { self == .name ? "name" : ProcessColumn.main(self).title }
}
