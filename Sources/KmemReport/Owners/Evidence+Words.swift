package import KmemAnalysis

extension Evidence {
  /// What the evidence says, in words: `4 096 allocations more of 2.0 KiB`.
  package var words: String {
    switch fact {
    case .allocations(let count, let each, let isAbout, let growers):
      "\(Amount.count(count)) allocations more of \(isAbout ? "about " : "")\(Amount.short(each))"
        + (growers > 1 ? "; \(growers) growers have that size" : "")
    case .objects(let count, isGrowth: true): "\(Amount.count(count)) objects more"
    case .objects(let count, isGrowth: false):
      "\(Amount.count(count)) objects are held by it, since when isn't known"
    case .pages(let count): "\(Amount.count(count)) pages more"
    case .areas(let count, let caller) where caller.isPercpu:
      "\(Amount.count(count)) areas more: vectors beside per-CPU memory, which whoever takes that"
        + " memory causes"
    case .areas(let count, let caller):
      "\(Amount.count(count)) areas more, called at \(caller.caller)"
    case .unreferenced(let objects, let size):
      "\(Amount.count(objects)) unreferenced objects of \(Amount.short(size))"
    case .constructor(let symbol, let module): "its constructor \(symbol ?? "?") is in \(module)"
    case .nameInModule(let cache, let module):
      "the name \(cache) is a string in \(module)'s object file"
    case .aliasInModule(let alias, let module):
      "\(alias), merged with it, is a string in \(module)'s file"
    }
  }
}
