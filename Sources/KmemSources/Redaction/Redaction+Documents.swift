internal import KmemParsers
internal import KmemSnapshot

extension Redaction {
  /// A document of kmemcheck's own with what in it is the kernel's; nothing if it isn't understood.
  mutating func document(_ bytes: [UInt8], _ path: String) -> [UInt8] {
    switch path {
    case ModuleFacts.path:
      (try? ModuleFacts(decoding: bytes)).flatMap { try? redacted($0).encoded() } ?? []
    case ModuleNames.path:
      (try? ModuleNames(decoding: bytes)).flatMap { try? redacted($0).encoded() } ?? []
    case ScanFacts.path:
      (try? ScanFacts(decoding: bytes)).flatMap { try? redacted($0).encoded() } ?? []
    case ProcessFacts.path: (try? ProcessFacts(decoding: bytes)).flatMap { try? $0.encoded() } ?? []
    default: []
    }
  }

  /// The fields of `.modinfo` that tell which module it is, and of what kernel; the others name people.
  private static let fields: Set<String> = [
    "name", "vermagic", "depends", "license", "intree", "srcversion", "retpoline", "livepatch",
  ]

  private mutating func redacted(_ facts: ModuleFacts) -> ModuleFacts {
    ModuleFacts(
      modules: facts.modules.mapValues { module in
        var module = module
        module.path = module.path.map { PathNames.replaced($0, &pseudonyms) }
        module.information = module.information?.filter { Self.fields.contains($0.key) }
        return module
      })
  }

  private mutating func redacted(_ names: ModuleNames) -> ModuleNames {
    ModuleNames(
      caches: names.caches,
      files: names.files.mapValues { file in
        var file = file
        file.path = PathNames.replaced(file.path, &pseudonyms)
        return file
      })
  }

  private mutating func redacted(_ scan: ScanFacts) -> ScanFacts {
    let unknown = "a line of the kernel log that redaction took out"
    return ScanFacts(
      scans: scan.scans.map { scan in
        guard case .other = scan.outcome else { return scan }
        return ScanFacts.Scan(
          start: scan.start, seconds: scan.seconds, outcome: .other(words: unknown))
      },
      minimumAge: scan.minimumAge, readings: scan.readings, isAliveAtEnd: scan.isAliveAtEnd,
      trouble: scan.trouble.map {
        if case .other = $0 { .other(words: unknown) } else { $0 }
      },
      scanner: scan.scanner.map {
        if case .other = $0 { .other(words: unknown) } else { $0 }
      },
      alarms: scan.alarms.map {
        KernelLineForms.known($0, kernelThreads, &pseudonyms) ?? unknown
      })
  }
}
