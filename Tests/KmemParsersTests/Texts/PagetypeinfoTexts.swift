/// Texts of `/proc/pagetypeinfo` as the format strings of several kernels print them.
enum PagetypeinfoTexts {
  static let all = [v3_10, v5_4, v6_18]

  /// 3.10 to 4.3: `Reserve`, and `Reclaimable` before `Movable`.
  static let v3_10 = """
    Page block order: 10
    Pages per block:  1024

    Free pages count per migrate type at order       0      1      2\u{20}
    Node    0, zone   Normal, type    Unmovable      1      2      3\u{20}
    Node    0, zone   Normal, type  Reclaimable      4      5      6\u{20}
    Node    0, zone   Normal, type      Movable      7      8 123456789\u{20}
    Node    0, zone   Normal, type      Reserve      0      0      1\u{20}
    Node    0, zone   Normal, type          CMA      0      0      0\u{20}

    Number of blocks type     Unmovable  Reclaimable      Movable      Reserve          CMA\u{20}
    Node 0, zone   Normal           11           12           13           14           15\u{20}

    """

  /// 5.4: counting stops at 100000; `HighAtomic`; with page_owner the third table.
  static let v5_4 = """
    Page block order: 9
    Pages per block:  512

    Free pages count per migrate type at order       0      1      2\u{20}
    Node    0, zone      DMA, type    Unmovable      1      0      0\u{20}
    Node    0, zone      DMA, type      Movable >100000 >100000      3\u{20}
    Node    0, zone      DMA, type   HighAtomic      0      0      0\u{20}

    Number of blocks type     Unmovable      Movable   HighAtomic\u{20}
    Node 0, zone      DMA            1            7            0\u{20}

    Number of mixed blocks    Unmovable      Movable   HighAtomic\u{20}
    Node 0, zone      DMA            0            2            5\u{20}

    """

  /// 6.18: two nodes.
  static let v6_18 = """
    Page block order: 9
    Pages per block:  512

    Free pages count per migrate type at order       0      1\u{20}
    Node    0, zone   Normal, type    Unmovable      1      2\u{20}
    Node    0, zone   Normal, type      Isolate      0      0\u{20}
    Node   12, zone  Movable, type    Unmovable      0      0\u{20}
    Node   12, zone  Movable, type      Isolate      0      0\u{20}

    Number of blocks type     Unmovable      Isolate\u{20}
    Node 0, zone   Normal            1            0\u{20}
    Node 12, zone  Movable            5            6\u{20}

    """
}
