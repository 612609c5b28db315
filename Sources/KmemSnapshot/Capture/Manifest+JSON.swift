/// A manifest names a thousand sources: to encode it by reflection took a seventh of a snapshot's time.
extension Manifest {
  /// The contents of its file: JSON with sorted keys.
  package var encoded: [UInt8] { JSONValue.object(members).bytes }

  private var members: [String: JSONValue] {
    let texts = [
      "schema": schema, "tool": tool, "label": label, "hostname": hostname, "machineID": machineID,
      "bootID": bootID, "kernelRelease": kernelRelease, "capabilities": capabilities,
    ]
    let numbers = ["pageSize": pageSize, "processors": processors, "userID": userID]
    let flags = ["isRedacted": isRedacted, "isProtected": isProtected]
    // What isn't known has no member.
    var members = texts.compactMapValues { $0.map(JSONValue.string) }
    members.merge(numbers.compactMapValues { $0.map { .int(Int64($0)) } }) { $1 }
    members.merge(flags.compactMapValues { $0.map(JSONValue.bool) }) { $1 }
    members["start"] = start.json
    members["end"] = end.json
    members["sources"] = .sorted(
      sources.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
    members["redaction"] = redaction?.json
    return members
  }
}

extension Manifest.Timestamp {
  fileprivate var json: JSONValue {
    var members = ["wall": JSONValue(wall)]
    members["boot"] = boot.map { JSONValue($0) }
    return .object(members)
  }
}

extension Manifest.Source {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("bytes", .int(Int64(bytes))), ("milliseconds", .double(milliseconds)),
      ("outcome", .string(outcome.rawValue)),
    ]
    if let reason { members.append(("reason", .string(reason))) }
    if let remembered { members.append(("remembered", .double(remembered))) }
    return .sorted(members)
  }
}

extension RedactionFacts {
  fileprivate var json: JSONValue {
    .object([
      "replaced": .object(replaced.mapValues { .int(Int64($0)) }),
      "removedLines": .object(removedLines.mapValues { .int(Int64($0)) }),
      "leftOut": JSONValue(leftOut), "key": .string(key),
    ])
  }
}
