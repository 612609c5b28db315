import KmemParsers

/// A line of source that allocates, as `/proc/allocinfo` names it.
package struct AllocationTag: Hashable, Comparable, Sendable {
  package let file: String
  package let line: Int
  package let function: String
  package let module: String?

  package init(file: String, line: Int, function: String, module: String?) {
    self.file = file
    self.line = line
    self.function = function
    self.module = module
  }

  /// Compares what differs most often first: there are thousands of lines.
  package static func == (first: Self, second: Self) -> Bool {
    first.line == second.line && first.function == second.function && first.file == second.file
      && first.module == second.module
  }

  /// Hashes no text: line and lengths tell nearly all lines apart, and cost a tenth.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(line)
    hasher.combine(function.utf8.count << 16 ^ file.utf8.count)
  }

  package static func < (first: Self, second: Self) -> Bool {
    (first.file, first.line, first.function) < (second.file, second.line, second.function)
  }
}

extension AllocationTag {
  init(_ tag: Allocinfo.Tag) {
    self.init(file: tag.file, line: tag.line, function: tag.function, module: tag.module)
  }
}
