import KmemParsers
import KmemSnapshot

/// Who holds most of the pages that page_owner lists.
package struct PageHolder: Hashable, Sendable {
  /// The first function of its stacks that isn't an allocator's.
  package let owner: Owner
  /// What it holds, in bytes.
  package let bytes: Int64
  /// The pages that it holds.
  package let pages: Int64
  /// What all stacks hold, in bytes.
  package let total: Int64

  /// Sums the stacks by their owners; nothing where no stack tells its pages.
  init?(_ snapshot: Snapshot) {
    guard let stacks = snapshot.pageOwner.value?.stacks else { return nil }
    var sums: [Owner: Int64] = [:]
    for stack in stacks {
      guard let pages = stack.pages.flatMap(Int64.init(exactly:)),
        let owner = AllocationStack(stack.frames).owner
      else { continue }
      sums[owner, default: 0].add(pages)
    }
    guard let most = sums.max(by: { ($0.value, $1.key.words) < ($1.value, $0.key.words) }) else {
      return nil
    }
    let size = Int64(snapshot.host.pageSize.bytes)
    owner = most.key
    pages = most.value
    bytes = pages.timesClamped(size)
    total = sums.sum(\.value).timesClamped(size)
  }
}

extension Owner {
  /// What tells two owners apart that hold as much.
  fileprivate var words: String { "\(module ?? "") \(function ?? "") \(file ?? "") \(line ?? 0)" }
}
