/// Which fields of a kernel file's text are somebody's, and so are replaced by redaction.
///
/// Each file says it once, in its declaration or in the catalog of sources.
package enum Secrets: Hashable, Sendable {
  /// Nothing: numbers, and names that the kernel itself gave.
  case none
  /// Addresses of the kernel, which tell attackers where things lie.
  case addresses
  /// All of it, and nothing that could stand for it: the file is left out.
  case everything
  /// The whole text is the machine's name.
  case host
  /// The whole text is the id of a machine or of a boot.
  case identifier
  /// The first field of each line below the titles is a path.
  case firstField
  /// The key of each System V segment.
  case segments
  /// Devices, mount points and values of options.
  case mounts
  /// Who built the kernel, and where.
  case version
  /// The second word is the machine's name: `uname -a`.
  case uname
  /// Addresses, comms, checksums and contents, between frames of stacks.
  case stacks
  /// Lines of a log: whatever isn't known to be the kernel's word on memory.
  case log
  /// Names of control groups in names of slab caches, as kernels up to 5.8 make them.
  case slabNames
  /// The comm and the addresses of `/proc/PID/stat`.
  case processStat
  /// The comm of `/proc/PID/status`.
  case processStatus
  /// Every argument.
  case commandLine
  /// Addresses and paths of mappings.
  case mappings
  /// Only the file's path has somebody's names: those of control groups.
  case groupPath
  /// Every string of this JSON document that is a path or a line of a log.
  case document
}
