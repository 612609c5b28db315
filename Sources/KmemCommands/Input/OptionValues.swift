import ArgumentParser
import KmemAnalysis
import KmemReport

// Options take the values of the analysis and the reports themselves: a case that is added there is
// accepted here, and none is lost on the way.

extension Finding.Severity: ExpressibleByArgument {}
extension KernelTop.Order: ExpressibleByArgument {}
extension ProcessTop.Order: ExpressibleByArgument {}
extension ProcessTop.Grouping: ExpressibleByArgument {}
extension CgroupTop.Order: ExpressibleByArgument {}
extension MemoryMap.Order: ExpressibleByArgument {}
extension DiffText.Grouping: ExpressibleByArgument {}
extension MapText.Merging: ExpressibleByArgument {}
extension TopText.Kind: ExpressibleByArgument {}
