/// Texts of `/proc/zoneinfo` as the format strings of one kernel after another print them.
enum ZoneinfoTexts {
  static let all = [
    v2_6_13, v2_6_18, v2_6_24, v3_10, v4_4, v4_8, v4_18, v5_4, v6_1, v6_12, v6_18,
  ]

  /// 2.6.13: `low` in the lists, NUMA counters of the processor, lists without pages left out.
  static let v2_6_13 = """
    Node 0, zone      DMA
      pages free     5410
            min      181
            low      226
            high     271
            active   367
            inactive 720
            scanned  3 (a: 1 i: 2)
            spanned  8192
            present  8192
            protection: (0, 0, 0)
      pagesets
        cpu: 0 pcp: 0
                  count: 2
                  low:   1
                  high:  6
                  batch: 1
        cpu: 0 pcp: 1
                  count: 3
                  low:   0
                  high:  2
                  batch: 1
                numa_hit:       77
                numa_miss:      0
      all_unreclaimable: 0
      prev_priority:     12
      temp_priority:     12
      start_pfn:         196608
    Node 0, zone   Normal
      pages free     10
            min      1
            low      2
            high     3
            active   0
            inactive 0
            scanned  0 (a: 0 i: 0)
            spanned  16
            present  16
            protection: (0, 0, 0)
      pagesets
      all_unreclaimable: 0
      prev_priority:     12
      temp_priority:     12
      start_pfn:         204800

    """

  /// 2.6.18 to 2.6.23: the zone's counters, two lists for each processor.
  static let v2_6_18 = """
    Node 0, zone  HighMem
      pages free     1412
            min      128
            low      192
            high     256
            active   12
            inactive 34
            scanned  0 (a: 28 i: 0)
            spanned  131056
            present  131056
        nr_anon_pages 55
        nr_mapped    66
        nr_slab      77
            protection: (0, 0, 0, 0)
      pagesets
        cpu: 0 pcp: 0
                  count: 30
                  high:  42
                  batch: 7
        cpu: 0 pcp: 1
                  count: 12
                  high:  14
                  batch: 3
      vm stats threshold: 18
        cpu: 1 pcp: 0
                  count: 5
                  high:  42
                  batch: 7
        cpu: 1 pcp: 1
                  count: 0
                  high:  14
                  batch: 3
      vm stats threshold: 18
      all_unreclaimable: 0
      prev_priority:     12
      start_pfn:         225280

    """

  /// 2.6.25 to 2.6.39: one list for each processor.
  static let v2_6_24 = """
    Node 0, zone   Normal
      pages free     51983
            min      649
            low      811
            high     973
            scanned  0 (aa: 0 ia: 0 af: 0 if: 0)
            spanned  112384
            present  105362
        nr_free_pages 51983
        nr_inactive_anon 85
        nr_kernel_stack 420
            protection: (0, 0)
      pagesets
        cpu: 0
                  count: 164
                  high:  186
                  batch: 31
      all_unreclaimable: 0
      prev_priority:     12
      start_pfn:         131072
      inactive_ratio:    1

    """

  /// 3.10: `managed`, and no number after the one of `scanned`.
  static let v3_10 = """
    Node 1, zone   Normal
      pages free     700
            min      10
            low      20
            high     30
            scanned  9
            spanned  1024
            present  1024
            managed  1000
        nr_free_pages 700
        nr_alloc_batch 5
        numa_hit     800
            protection: (0, 0, 0, 0)
      pagesets
        cpu: 0
                  count: 4
                  high:  6
                  batch: 1
      vm stats threshold: 8
      all_unreclaimable: 0
      start_pfn:         1048576
      inactive_ratio:    11

    """

  /// 4.4: `protection` is signed.
  static let v4_4 = """
    Node 0, zone      DMA
      pages free     3956
            min      33
            low      41
            high     49
            scanned  0
            spanned  4095
            present  3998
            managed  3977
        nr_free_pages 3956
        nr_alloc_batch 8
        nr_free_cma  0
            protection: (0, -3, 2877, 2877)
      pagesets
        cpu: 0
                  count: 0
                  high:  0
                  batch: 1
      vm stats threshold: 6
      all_unreclaimable: 0
      start_pfn:         1
      inactive_ratio:    1

    """
}
