/// A frame whose line of source can be asked for: what `%pS` prints, taken apart.
package struct CodeFrame: Hashable, Sendable {
  /// The function's name as the kernel prints it, with suffixes of the compiler such as `.isra.0`.
  package let function: String
  /// How far behind the function's beginning the return address lies.
  package let offset: UInt64
  /// The function's size as kallsyms reckons it, the padding behind it included.
  package let length: UInt64?
  /// The module that holds the function; nil for the kernel itself.
  package let module: String?
  /// The build of the module, where it isn't the one that is loaded now.
  package let buildID: String?

  /// Makes a frame of the parts that `%pS` prints.
  package init(
    function: String, offset: UInt64, length: UInt64?, module: String?, buildID: String? = nil
  ) {
    self.buildID = buildID
    self.function = function
    self.offset = offset
    self.length = length
    self.module = module
  }
}

/// The code that a frame lies in, and that a file must belong to: a module in one of its builds, or the
/// kernel.
package struct CodeOwner: Hashable, Sendable {
  /// The module; nil for the kernel itself.
  package let module: String?
  /// The build of the module, where it isn't the one that is loaded now.
  package let buildID: String?
}

extension CodeFrame {
  /// The code that the frame lies in.
  package var owner: CodeOwner { CodeOwner(module: module, buildID: buildID) }
}

/// A line of source in a function: in the frame's own, or in one that was inlined into it.
package struct SourceLine: Hashable, Sendable {
  /// The function that the line stands in.
  package let function: String
  /// The path of the source file as the debugging information has it.
  package let file: String
  /// The number of the line, counted from 1.
  package let line: Int

  /// Makes a line of what debugging information says.
  package init(function: String, file: String, line: Int) {
    self.function = function
    self.file = file
    self.line = line
  }

  /// The place as compilers write it: `fs/super.c:12`.
  package var text: String { "\(file):\(line)" }
}

/// What files with debugging information say about the frames of a report.
package struct SourceAnswers: Sendable {
  /// The lines of each frame, the innermost function first.
  package var lines: [CodeFrame: [SourceLine]] = [:]
  /// Why other frames have no lines.
  package var notes = SourceNotes()
  /// The files that were used.
  package var files: [SymbolFile] = []

  /// Begins without answers.
  package init() {}
}

/// A file with debugging information that lines were taken from.
package struct SymbolFile: Hashable, Sendable {
  /// Where the file was found.
  package let path: String
  /// The module whose code the file describes; nil for the kernel itself.
  package let module: String?
  /// Whether the file's build id is the one that the machine reported; the sizes of its functions
  /// agree in any case.
  package let isSameBuild: Bool

  /// Notes a file that lines were taken from.
  package init(path: String, module: String?, isSameBuild: Bool) {
    self.path = path
    self.module = module
    self.isSameBuild = isSameBuild
  }
}

extension CodeFrame {
  /// The frame as the kernel prints it: `foo_init+0x1c/0x40 [leaky]`.
  package var text: String {
    "\(function)+0x\(String(offset, radix: 16))"
      + (length.map { "/0x\(String($0, radix: 16))" } ?? "") + (module.map { " [\($0)]" } ?? "")
  }
}
