/// The families of metrics that there are: written by `metrics`, asked for by `fleet` and by the rules.
///
/// The raw value is the name without its prefix; once released it never changes.
package enum MetricName: String, CaseIterable, Hashable, Sendable {
  case buildInfo = "build_info"
  case hostInfo = "host_info"
  case modulesInfo = "modules_info"
  case lastRun = "last_run_timestamp_seconds"
  case bootTime = "boot_time_seconds"
  case memory = "memory_bytes"
  case side = "side_bytes"
  case available = "available_bytes"
  case availableSeconds = "available_seconds"
  case inUse = "in_use_bytes"
  case verdict
  case growing
  case growth = "growth_bytes_per_second"
  case growthLow = "growth_low_bytes_per_second"
  case growthHigh = "growth_high_bytes_per_second"
  case thingsGrowth = "things_growth_per_second"
  case slabCache = "slab_cache_bytes"

  case vmallocCaller = "vmalloc_caller_bytes"
  case allocationSite = "alloc_tag_bytes"
  case owner = "owner_bytes"
  case pod = "pod_kernel_memory_bytes"
  case kmemleakState = "kmemleak_state_info"
  case kmemleakEnabled = "kmemleak_enabled"
  case kmemleakObjects = "kmemleak_unreferenced_objects"
  case kmemleakBytes = "kmemleak_unreferenced_bytes"
  case source = "source_read"
  case watchedSeconds = "watched_seconds"
  case watchedSamples = "watched_samples"
  case watchedSeries = "watched_series"
  case ownProcessor = "self_cpu_seconds_total"
  case ownMemory = "self_anonymous_bytes"

  /// The whole name.
  package var name: String { "kmemcheck_" + rawValue }
}

/// One value of a family, with the labels that tell it from others.
package struct Metric: Hashable, Sendable {
  /// A label and its value, as a stranger may have named it: whoever writes it escapes it.
  package struct Label: Hashable, Sendable {
    /// The label's name.
    package let name: String
    /// Its value.
    package let value: String
  }

  /// The family.
  package let name: MetricName
  /// The labels, in the order in which they are written.
  package let labels: [Label]
  /// The value, in the unit that the family's name says.
  package let value: Double

  /// A value; labels with nothing in them are left out, as Prometheus would.
  package init(_ name: MetricName, _ labels: KeyValuePairs<String, String?>, _ value: Double) {
    self.name = name
    self.labels = labels.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : Label(name: name, value: $0) }
    }
    self.value = value
  }

  /// A value that needs no labels.
  init(_ name: MetricName, _ value: Double) { self.init(name, [:], value) }

  /// An amount of bytes or things.
  init(_ name: MetricName, _ labels: KeyValuePairs<String, String?> = [:], of amount: Int64) {
    self.init(name, labels, Double(amount))
  }
}
