/// Why frames have no lines of source; each reason is noted once.
package struct SourceNotes: Hashable, Sendable {
  /// A file that wasn't used.
  package struct Refusal: Hashable, Sendable {
    /// Where the file lies.
    package let path: String
    /// Why the file wasn't used.
    package let reason: FileRefusal

    /// Notes a file that wasn't used.
    package init(path: String, reason: FileRefusal) {
      self.path = path
      self.reason = reason
    }
  }

  /// The files that were found and not used.
  package var refusals: [Refusal] = []
  /// Whether no file with the kernel's debugging information was found.
  package var lacksKernel = false
  /// Modules for which no file with debugging information was found.
  package var missingModules: [String] = []
  /// Functions that share their name and size with another one, so that a frame may be in either.
  package var ambiguous: Set<String> = []
  /// The kernel's release as `uname -r` prints it; nothing where it isn't known.
  package var release: String?

  /// Begins without notes, for a kernel of this release.
  package init(release: String? = nil) { self.release = release }

  /// Notes that no file was found for a module, or for the kernel itself.
  package mutating func miss(_ module: String?) {
    if let module { missingModules.append(module) } else { lacksKernel = true }
  }
}

/// Why a file with debugging information isn't of the code that ran, or isn't surely so.
package enum FileRefusal: Hashable, Sendable {
  case otherBuild(file: String, running: String)
  case otherSource(file: String, running: String)
  case lacksFunction(String)
  /// A function has another size in bytes in the file than in the report; the file may have several
  /// of its name.
  case otherSize(function: String, reported: UInt64, file: [UInt64])
  /// No build id was recorded, and too few functions are named to compare sizes.
  case tooFewFunctions
}
