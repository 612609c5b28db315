/// Every state in which kmemleak can be found.
package enum KmemleakState: String, Hashable, Sendable, CaseIterable {
  /// The kernel was built without DEBUG_KMEMLEAK.
  case notBuilt = "not-built"
  /// Nothing tells whether kmemleak is built in.
  case unknown
  /// kmemleak is built in; nothing tells whether it runs.
  case built
  /// kmemleak is built in with DEBUG_KMEMLEAK_DEFAULT_OFF, and not switched on by `kmemleak=on`.
  case defaultOff = "default-off"
  /// kmemleak was switched off by the boot parameter `kmemleak=off`.
  case offAtBoot = "off-at-boot"
  /// kmemleak's file can be read and nothing shows that it's disabled; a scan proves that it works.
  case ready
  /// kmemleak's file can be read and its thread runs, or ran when the kernel log was read.
  case running
  /// The kernel is locked down, which closes kmemleak's file even to root.
  case lockedDown = "locked-down"
  /// The kernel was built without debugfs, so there is no file.
  case debugfsNotBuilt = "debugfs-not-built"
  /// debugfs is kept away by `debugfs=off` or `debugfs=no-mount`, or was built that way.
  case debugfsOff = "debugfs-off"
  case debugfsNotMounted = "debugfs-not-mounted"
  /// The reader may not open the file.
  case denied
  /// kmemleak disabled itself when its memory pool ran empty (5.4 and later).
  case poolExhausted = "pool-exhausted"
  /// kmemleak disabled itself when its early log overflowed (5.3 and earlier).
  case earlyLogExceeded = "early-log-exceeded"
  /// kmemleak disabled itself when it got no memory for its own objects.
  case outOfMemory = "out-of-memory"
  /// kmemleak disabled itself when two tracked objects overlapped.
  case overlap
  /// A user wrote `off` to kmemleak's file.
  case turnedOff = "turned-off"
  /// kmemleak is disabled, and nothing tells why.
  case disabled

  /// Whether a scan can be asked for.
  package var isUsable: Bool { self == .ready || self == .running }

  /// Whether kmemleak stays off until the next boot, whatever is done.
  package var isOffUntilReboot: Bool {
    switch self {
    case .defaultOff, .offAtBoot, .poolExhausted, .earlyLogExceeded, .outOfMemory, .overlap,
      .turnedOff, .disabled:
      true
    case .notBuilt, .unknown, .built, .ready, .running, .lockedDown, .debugfsNotBuilt,
      .debugfsOff, .debugfsNotMounted, .denied:
      false
    }
  }
}

/// The state kmemleak was found in, why that is believed, and what to do.
package struct KmemleakFinding: Hashable, Sendable {
  /// In which state kmemleak was found.
  package var state: KmemleakState
  /// How sure the state is.
  package var certainty: Certainty
  /// The facts from which the state follows.
  package var evidence: [StatusEvidence]
  /// What the user should do, in the order of the steps.
  package var remedies: [Remedy]

  /// Makes a finding of a state and its reasons.
  package init(
    _ state: KmemleakState, _ certainty: Certainty, evidence: [StatusEvidence], remedies: [Remedy]
  ) {
    self.state = state
    self.certainty = certainty
    self.evidence = evidence
    self.remedies = remedies
  }
}
