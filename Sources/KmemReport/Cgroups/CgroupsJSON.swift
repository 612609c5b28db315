package import KmemAnalysis
package import KmemSnapshot

/// The control groups by how much memory they use, as a JSON document, `kmemcheck.cgroups/1`.
package enum CgroupsJSON {
  /// The document, in bytes throughout.
  package static func document(_ top: CgroupTop) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.cgroups/1"), "moment": JSONValue(top.moment),
      "seconds": JSONValue(top.seconds), "sortedBy": .string(top.order.rawValue),
      "version": JSONValue(top.version), "total": .int(top.total), "dying": JSONValue(top.dying),
      "root": top.root.map(row) ?? .null, "groups": .array(top.rows.map(row)),
    ])
  }

  private static func row(_ row: CgroupTop.Row) -> JSONValue {
    .object([
      "path": .string(row.path), "memory": JSONValue(row.memory),
      "anonymous": JSONValue(row.anonymous), "file": JSONValue(row.file),
      "shmem": JSONValue(row.shmem), "kernel": JSONValue(row.kernel), "slab": JSONValue(row.slab),
      "slabUnreclaimable": JSONValue(row.slabUnreclaimable), "sockets": JSONValue(row.sockets),
      "swap": JSONValue(row.swap), "dying": JSONValue(row.dying), "gained": JSONValue(row.gained),
    ])
  }
}
