extension Snapshot {
  /// Whether not one of the memory files could be parsed.
  package var isEmpty: Bool {
    meminfo.value == nil && vmstat.value == nil && buddyinfo.value == nil && zoneinfo.value == nil
      && slabinfo.value == nil && pagetypeinfo.value == nil && vmallocinfo.value == nil
      && allocinfo.value == nil && modules.value == nil && memoryPressure.value == nil
      && config.value == nil && slabAliases.value == nil && outOfMemory == nil
  }
}
