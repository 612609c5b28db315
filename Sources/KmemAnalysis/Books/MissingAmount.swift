package import KmemSnapshot

/// Why a class of memory has no amount.
package enum MissingAmount: Hashable, Sendable {
  /// This kernel doesn't print it, or prints what is no amount.
  case notPrinted
  /// meminfo is a container's, and this amount is known of its host only.
  case hostOnly
  /// The file that counts it is missing.
  case source(Missing)
  /// VmallocUsed is no amount of memory on this kernel, and the areas don't tell it either; `areas`
  /// is why they are missing, where they are.
  case vmalloc(areas: Missing?)
}
