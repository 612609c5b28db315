/// Why frames have no lines of source, each thing once.
package struct SourceNotes: Hashable, Sendable {
  /// A file that wasn't used.
  package struct Refusal: Hashable, Sendable {
    package let path: String
    package let reason: FileRefusal

    package init(path: String, reason: FileRefusal) {
      self.path = path
      self.reason = reason
    }
  }

  package var refusals: [Refusal] = []
  /// Whether no file with the kernel's debugging information was found.
  package var lacksKernel = false
  /// Modules for which none was found.
  package var missingModules: [String] = []
  /// Functions of which several have one name and size.
  package var ambiguous: Set<String> = []
  /// The kernel's release as `uname -r` prints it; nothing where it isn't known.
  package var release: String?

  package init(release: String? = nil) { self.release = release }

  /// Notes that no file was found for a module, or for the kernel itself.
  package mutating func miss(_ module: String?) {
    if let module { missingModules.append(module) } else { lacksKernel = true }
  }
}

/// Why a file with debugging information is not of the code that ran, or not surely.
package enum FileRefusal: Hashable, Sendable {
  case otherBuild(file: String, running: String)
  case otherSource(file: String, running: String)
  case lacksFunction(String)
  /// A function's bytes in the report, and in the file, which may have several of its name.
  case otherSize(function: String, reported: UInt64, file: [UInt64])
  /// No build id was recorded, and too few functions are named to compare sizes.
  case tooFewFunctions
}
