internal import CKmod

/// Where the modules of a release lie, as libkmod finds them in `modules.dep`.
@safe final class ModulePaths {
  private let context: OpaquePointer

  /// - Parameter directory: `/lib/modules/6.1.0-18-amd64`.
  init?(directory: String) {
    guard let context = unsafe kmod_new(directory, nil) else { return nil }
    unsafe self.context = unsafe context
    // libkmod would write to standard error otherwise, for instance that there is no modules.dep.
    unsafe kmod_set_log_fn(context, { _, _, _, _, _, _, _ in }, nil)
  }

  deinit { unsafe kmod_unref(context) }

  /// The file of a module; nothing if there is none by that name.
  func path(of name: String) -> String? {
    var module: OpaquePointer?
    guard unsafe kmod_module_new_from_name(context, name, &module) >= 0 else { return nil }
    defer { unsafe kmod_module_unref(module) }
    return unsafe kmod_module_get_path(module).map { unsafe String(cString: $0) }
  }
}
