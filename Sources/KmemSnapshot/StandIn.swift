package import KmemParsers

/// What a tool prints, which was read in place of a kernel file.
package struct StandIn: Hashable, Sendable {
  /// The file that it stands for.
  package let file: KernelFile
  /// The form that was read.
  package let form: KernelFile
  /// The most by which one of its amounts may be wrong, in bytes; 0 where it rounds nothing.
  package let error: Int64
}
