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

  /// 4.8 to 4.10: per-node statistics, `node_scanned`, `protection` still after the counters.
  static let v4_8 = """
    Node 0, zone      DMA
      per-node stats
          nr_inactive_anon 636440
          nr_active_anon 250
          nr_vmscan_immediate_reclaim 0
          nr_written   12
      pages free     3952
            min      33
            low      41
            high     49
       node_scanned  7
            spanned  4095
            present  3998
            managed  3977
          nr_free_pages 3952
          nr_zone_inactive_anon 0
          nr_free_cma  0
            protection: (0, 2877, 15844, 15844)
      pagesets
        cpu: 0
                  count: 0
                  high:  0
                  batch: 1
      vm stats threshold: 6
      node_unreclaimable:  0
      start_pfn:           1
      node_inactive_ratio: 11

    """

  /// 4.18, RHEL 8 too: a statistic without a name, zones without memory in short.
  static let v4_18 = """
    Node 0, zone      DMA
      per-node stats
          nr_inactive_anon 300
          nr_dirtied   305939
          nr_written   260861
                       537792
      pages free     3975
            min      33
            low      41
            high     49
            spanned  4095
            present  3999
            managed  3977
            protection: (0, 3828, 7894)
          nr_free_pages 3975
          nr_zone_inactive_anon 0
          numa_hit     1
      pagesets
        cpu: 0
                  count: 0
                  high:  0
                  batch: 1
      vm stats threshold: 4
        cpu: 1
                  count: 9
                  high:  18
                  batch: 3
      vm stats threshold: 4
      node_unreclaimable:  0
      start_pfn:           1
    Node 0, zone  Movable
      pages free     0
            min      0
            low      0
            high     0
            spanned  0
            present  0
            managed  0
            protection: (0, 0, 0)
    Node 1, zone   Normal
      per-node stats
          nr_inactive_anon 4
          nr_dirtied   5
          nr_written   6
                       7
      pages free     100
            min      1
            low      2
            high     3
            spanned  200
            present  200
            managed  190
            protection: (0, 0, 0)
          nr_free_pages 100
          nr_zone_inactive_anon 4
          numa_hit     2
      pagesets
        cpu: 0
                  count: 1
                  high:  2
                  batch: 1
      vm stats threshold: 4
      node_unreclaimable:  1
      start_pfn:           2097152

    """

  /// 5.4: the nameless one is gone.
  static let v5_4 = """
    Node 0, zone    DMA32
      per-node stats
          nr_inactive_anon 5
          nr_kernel_misc_reclaimable 6
      pages free     80
            min      4
            low      5
            high     6
            spanned  1044480
            present  100
            managed  90
            protection: (0, 0, 2900, 2900, 2900)
          nr_free_pages 80
          nr_bounce    0
          nr_zspages   0
      pagesets
        cpu: 0
                  count: 1
                  high:  378
                  batch: 63
      vm stats threshold: 30
      node_unreclaimable:  0
      start_pfn:           4096

    """

  /// 6.1: `boost` and `cma`.
  static let v6_1 = """
    Node 0, zone    DMA32
      per-node stats
          nr_inactive_anon 5
          nr_throttled_written 0
          nr_sec_page_table_pages 0
          nr_swapcached 0
      pages free     80
            boost    1
            min      5
            low      6
            high     7
            spanned  1044480
            present  100
            managed  90
            cma      16
            protection: (0, 0, 2900, 2900, 2900)
          nr_free_pages 80
          nr_free_cma  3
      pagesets
        cpu: 0
                  count: 1
                  high:  378
                  batch: 63
      vm stats threshold: 30
      node_unreclaimable:  0
      start_pfn:           4096

    """

  /// 6.12: `promo`.
  static let v6_12 = """
    Node 0, zone   Normal
      per-node stats
          nr_inactive_anon 5
          pgpromote_success 1
          pgdemote_khugepaged 2
      pages free     80
            boost    0
            min      4
            low      5
            high     6
            promo    7
            spanned  100
            present  100
            managed  90
            cma      0
            protection: (0, 0, 0, 0, 0)
          nr_free_pages 80
          nr_unaccepted 0
      pagesets
        cpu: 0
                  count: 1
                  high:  378
                  batch: 63
      vm stats threshold: 30
      node_unreclaimable:  0
      start_pfn:           1048576

    """

  /// 6.18: the bounds of `high`; the two of 6.19 at the end.
  static let v6_18 = """
    Node 0, zone      DMA
      per-node stats
          nr_inactive_anon 1697
          nr_anon_transparent_hugepages 3
          nr_balloon_pages 0
      pages free     3840
            boost    0
            min      33
            low      41
            high     49
            promo    57
            spanned  4095
            present  3998
            managed  3840
            cma      0
            protection: (0, 3019, 7499, 7499, 7499)
          nr_free_pages 3840
          nr_free_pages_blocks 3584
      pagesets
        cpu: 0
                  count:    12
                  high:     34
                  batch:    1
                  high_min: 20
                  high_max: 240
      vm stats threshold: 4
      node_unreclaimable:  0
      start_pfn:           1
      reserved_highatomic: 512
      free_highatomic:     100
    Node 0, zone   Device
      pages free     0
            boost    0
            min      0
            low      0
            high     0
            promo    0
            spanned  0
            present  0
            managed  0
            cma      0
            protection: (0, 0, 0, 0, 0)

    """
}
