/// Since 4.8 statistics of the node are printed within its first populated zone.
extension ZoneinfoTexts {
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
