internal import KmemParsers
internal import CKmod
internal import KmemSnapshot

/// Asks libkmod where the loaded modules come from.
struct LoadedModules {
  private let names: [String]
  private let tainting: Set<String>

  /// Takes the names from `/proc/modules` as it was captured.
  init(_ capture: Capture) {
    names = String(decoding: capture[Modules.path].bytes, as: UTF8.self).split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    tainting = Set(
      names.filter { capture.line(of: "sys/module/\($0)/taint")?.isEmpty == false })
  }

  /// The facts as a source of the capture.
  ///
  /// Unpacking a module's file takes milliseconds, so unless all are asked for, only those of
  /// modules that taint the kernel are read.
  func reading(allFiles: Bool) -> SourceReading {
    guard !names.isEmpty else { return SourceReading(outcome: .absent, reason: "no modules") }
    let clock = ContinuousClock()
    let start = clock.now
    guard let library = ModuleLibrary() else {
      return SourceReading(outcome: .failed, reason: "libkmod can't be started")
    }
    var facts = ModuleFacts()
    let times = DirectoryTimes()
    for name in names {
      facts.modules[name] = library.facts(
        about: name, readsFile: allFiles || tainting.contains(name))
      facts.modules[name]?.loadedBy = times.bootTime(of: "/sys/module/\(name)")
    }
    return facts.reading(milliseconds: start.duration(to: clock.now).milliseconds)
  }
}

/// A context of libkmod for the running release.
@safe private final class ModuleLibrary {
  private let context: OpaquePointer

  init?() {
    guard let context = unsafe kmod_new(nil, nil) else { return nil }
    unsafe self.context = unsafe context
    // It writes to standard error otherwise, for instance that there is no modules.dep.
    unsafe kmod_set_log_fn(context, { _, _, _, _, _, _, _ in }, nil)
    unsafe kmod_load_resources(context)
  }

  deinit { unsafe kmod_unref(context) }

  func facts(about name: String, readsFile: Bool) -> ModuleFacts.Module? {
    var module: OpaquePointer?
    guard unsafe kmod_module_new_from_name(context, name, &module) >= 0 else { return nil }
    defer { unsafe kmod_module_unref(module) }
    return unsafe ModuleFacts.Module(
      path: kmod_module_get_path(module).map { unsafe String(cString: $0) },
      dependencies: dependencies(of: module),
      information: readsFile ? information(in: module) : nil)
  }

  private func dependencies(of module: OpaquePointer?) -> [String] {
    let list = unsafe kmod_module_get_dependencies(module)
    defer { unsafe kmod_module_unref_list(list) }
    return unsafe items(of: list).compactMap { item in
      let dependency = unsafe kmod_module_get_module(item)
      defer { unsafe kmod_module_unref(dependency) }
      return unsafe kmod_module_get_name(dependency).map { unsafe String(cString: $0) }
    }
  }

  private func information(in module: OpaquePointer?) -> [String: [String]]? {
    var list: OpaquePointer?
    guard unsafe kmod_module_get_info(module, &list) >= 0 else { return nil }
    defer { unsafe kmod_module_info_free_list(list) }
    var fields: [String: [String]] = [:]
    unsafe items(of: list).forEach { item in
      guard let key = unsafe kmod_module_info_get_key(item),
        let value = unsafe kmod_module_info_get_value(item)
      else { return }
      unsafe fields[String(cString: key), default: []].append(String(cString: value))
    }
    return fields
  }

  private func items(of list: OpaquePointer?) -> [OpaquePointer] {
    var items: [OpaquePointer] = unsafe []
    var item = unsafe list
    while let current = unsafe item {
      unsafe items.append(current)
      unsafe item = unsafe kmod_list_next(list, current)
    }
    return unsafe items
  }
}
