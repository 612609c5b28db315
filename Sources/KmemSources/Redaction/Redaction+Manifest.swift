internal import KmemSnapshot

extension Redaction {
  /// The manifest under pseudonyms, with what became of each member.
  mutating func manifest(_ manifest: Manifest, _ sources: [String: SourceReading]) -> Manifest {
    var result = manifest
    result.label = nil
    result.hostname = manifest.hostname.map { pseudonyms.word(.host, $0) }
    result.machineID = manifest.machineID.map { pseudonyms.digits(.identifier, $0) }
    result.bootID = manifest.bootID.map { pseudonyms.digits(.identifier, $0) }
    result.sources = [:]
    for (path, source) in manifest.sources {
      var noted = Manifest.Source(
        SourceReading(outcome: source.outcome, milliseconds: source.milliseconds))
      noted.bytes = source.bytes
      result.sources[self.path(path)] = noted
    }
    for (path, reading) in sources where Capture.process(of: path) == nil {
      result.sources[path] = Manifest.Source(reading)
    }
    result.isRedacted = true
    facts.replaced = pseudonyms.counts
    result.redaction = facts
    return result
  }
}
