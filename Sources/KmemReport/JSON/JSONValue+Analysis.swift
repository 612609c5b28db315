import KmemAnalysis
import KmemParsers
import KmemSnapshot

extension JSONValue {
  /// The machine and the moment, and how much of it could be read.
  init(_ moment: Moment) {
    let host = moment.host
    var members: [String: JSONValue] = [
      "origin": .string(moment.origin), "label": JSONValue(moment.label),
      "hostname": JSONValue(host.hostname), "machineID": JSONValue(host.machineID),
      "bootID": JSONValue(host.bootID), "release": JSONValue(host.release),
      "pageSize": JSONValue(host.pageSize.bytes),
      "pageSizeOrigin": .string(host.pageSize.origin.words),
      "time": JSONValue(host.wallTime.flatMap(Dates.iso)), "wallSeconds": JSONValue(host.wallTime),
      "upSeconds": JSONValue(host.upTime), "remarks": JSONValue(moment.remarks.map(\.sentence)),
      "standIns": .array(
        moment.standIns.map {
          .object([
            "file": .string($0.file.absolutePath), "form": .string($0.form.words),
            "rounding": .int($0.error),
          ])
        }),
      "coverage": .object([
        "read": JSONValue(moment.coverage.read),
        "notRead": .array(
          moment.coverage.notRead.map { gap in
            .object([
              "path": .string(gap.path), "outcome": .string(gap.outcome.rawValue),
              "reason": JSONValue(gap.reason),
            ])
          }),
      ]),
    ]
    if let textMoment = host.textMoment { members["textMoment"] = JSONValue(textMoment) }
    self = .object(members)
  }

  /// Which moment of a text it is.
  private init(_ moment: TextMoment) {
    self = .object([
      "text": .string(moment.text), "number": JSONValue(moment.number),
      "count": JSONValue(moment.count), "title": JSONValue(moment.title),
    ])
  }

  /// An amount at two moments with its growth; `null` where unknown.
  static func change(_ change: BeforeAfter, _ others: [String: JSONValue]) -> JSONValue {
    let amounts: [String: JSONValue] = [
      "before": JSONValue(change.before), "after": JSONValue(change.after),
      "growth": JSONValue(change.growth),
    ]
    return .object(amounts.merging(others) { amount, _ in amount })
  }

  /// A change in a list that names everything: an entry that one side lacks holds nothing there.
  static func listed(
    _ bytes: BeforeAfter, _ count: BeforeAfter, _ unit: String, _ others: [String: JSONValue]
  ) -> JSONValue {
    let amounts: [String: JSONValue] = [
      "before": JSONValue(bytes.before ?? 0), "after": JSONValue(bytes.after ?? 0),
      "growth": .int(bytes.growthIfAbsentIsZero), unit: .int(count.growthIfAbsentIsZero),
    ]
    return .object(amounts.merging(others) { amount, _ in amount })
  }

  static func meeting(_ meeting: CrossCheck) -> JSONValue {
    .object([
      "parts": .string(meeting.sums.parts), "partsBytes": .int(meeting.partsBytes),
      "whole": .string(meeting.sums.whole), "wholeBytes": .int(meeting.wholeBytes),
      "gap": .int(meeting.gap), "explanation": .string(meeting.sums.explanation),
    ])
  }

  /// A list, or `null`; the reason stands beside it under the name with `Missing` behind it.
  static func list<Element>(
    _ name: String, _ listing: SourceList<Element>, _ element: (Element) -> JSONValue
  ) -> [String: JSONValue] {
    switch listing {
    case .listed(let elements):
      [name: .array(elements.map(element)), "\(name)Missing": .null]
    case .missing(let reason): [name: .null, "\(name)Missing": .string(reason.words)]
    }
  }

  static func meaning(_ meaning: CacheMeaning?) -> JSONValue {
    guard let meaning else { return .null }
    return .object([
      "objects": .string(meaning.objects), "side": .string(meaning.side.rawValue),
      "evidence": .string("inferred from the cache's name"),
    ])
  }
}
