/// The style sheet of HTML reports: light, dark and print, from narrow telephones on.
///
/// The colours of amounts differ in brightness as well as in hue, so that people who don't tell red
/// from green tell them apart.
enum StyleSheet {
  static let text = light + dark + page + tables + pictures + narrow + print

  /// The part that a picture of its own needs.
  static let ofPictures =
    light + dark + pictures
    + "svg{font-family:sans-serif}svg.plot{margin:0;width:auto}.inner{overflow:visible}.paper{fill:var(--paper)}.title{font-weight:600}"

  private static let light = """
    :root{--paper:#fff;--ink:#1c2024;--faint:#5b646d;--line:#d4d9de;--ground:#eef1f3;--bad:#b3261e;\
    --warning:#8a5300;--good:#15616d;--link:#0b57a4;--free:#c9d2da;--userSpace:#2f6fb0;--held:#e0a030;\
    --cache:#7cc4bd;--kernel:#b5402a;--unaccounted:#7b4fa3;--debugging:#8c8462;--first:#2f6fb0;\
    --second:#7fb2de;--third:#c3d8ea;--beside:#b5762a;--alarm:#b5402a;\
    --flame0:#f3c27a;--flame1:#eeb063;--flame2:#f7d49b;--same:#e6e9ec;--more1:#f8d9d1;\
    --more2:#f0b3a5;--more3:#e58a77;--less1:#d6e7f5;--less2:#aacdea;--less3:#7fb2de}

    """

  private static let dark = """
    @media screen and (prefers-color-scheme:dark){:root{--paper:#14181c;--ink:#e4e8eb;--faint:#a0abb5;\
    --line:#39424a;--ground:#222930;--bad:#ff8a7e;--warning:#f0b75a;--good:#6cc6d9;--link:#8cc1ff;\
    --free:#4a5661;--userSpace:#5a9be0;--held:#e8b350;--cache:#3f9c93;--kernel:#ee7a5f;\
    --unaccounted:#b48ae0;--debugging:#a89f78;--first:#5a9be0;--second:#35659a;--third:#2b4256;\
    --beside:#e0a14f;--alarm:#ee7a5f;--flame0:#7d5620;--flame1:#5e3f16;\
    --flame2:#6d4a1b;--same:#2b323a;--more1:#4a2c26;--more2:#6e3428;--more3:#93402f;\
    --less1:#243a52;--less2:#2b4f75;--less3:#2f6299}}

    """

  private static let page = """
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:68rem;padding:1rem;background:var(--paper);color:var(--ink);\
    font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
    h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}
    h2{font-size:1.3rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:2px solid var(--line)}
    h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
    small{font-size:.9rem;font-weight:normal;color:var(--faint)}
    p{margin:.25rem 0;max-width:48rem}
    .strong{font-weight:600}p.strong{margin-top:.9rem}.faint,footer{color:var(--faint)}.bad{color:var(--bad)}
    .warning{color:var(--warning)}.good{color:var(--good)}.deep{margin-left:1.25rem}
    .verdict{padding:.75rem 1rem;border-left:6px solid;background:var(--ground);font-size:1.1rem;\
    margin:.75rem 0;max-width:none}.verdict small{font-size:.85rem}
    nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1rem 0}
    a{color:var(--link)}
    pre{white-space:pre-wrap;background:var(--ground);padding:.4rem .6rem;margin:.25rem 0;\
    font-size:.875rem}
    footer{margin-top:3rem;font-size:.875rem}

    """

  private static let tables = """
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;font-size:.9375rem;font-variant-numeric:tabular-nums}
    th,td{padding:.2rem .9rem .2rem 0;text-align:left;vertical-align:top;overflow-wrap:normal}
    td{border-top:1px solid var(--line)}th{font-weight:600;color:var(--faint)}
    .n{text-align:right;white-space:nowrap}.k{white-space:nowrap}\
    td:not(.n,.k){min-width:11rem}
    summary{cursor:pointer;color:var(--link);padding:.35rem 0}

    """

  private static let pictures = """
    figure{margin:.5rem 0 1rem}
    figcaption{font-size:.9375rem;margin-bottom:.15rem}.rate{margin-left:.75rem;color:var(--faint)}
    svg{display:block}svg.plot{margin-left:7.5rem;width:calc(100% - 7.5rem);overflow:visible}\
    svg text{fill:var(--ink);font-size:14px;unicode-bidi:isolate}
    svg .end{text-anchor:end}svg .tick{fill:var(--faint);\
    font-size:12.5px}
    .legend{display:flex;flex-wrap:wrap;gap:.15rem 1rem;font-size:.875rem;max-width:none}
    .key{display:inline-flex;align-items:center;gap:.4rem}.key svg{flex:none}
    .ground{fill:var(--ground)}.axis{fill:var(--ink)}.mark{fill:var(--ink)}
    .grid{stroke:var(--line)}.course{fill:none;stroke:var(--first);stroke-width:1.5}
    .floor{fill:none;stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3}
    .fit{fill:none;stroke:var(--alarm);stroke-width:2.5}
    .band{fill:var(--alarm);opacity:.18}.range{fill:var(--second);opacity:.5}
    .course,.floor,.fit{vector-effect:non-scaling-stroke}
    .flames text{font-size:12.5px}
    .flame-0{fill:var(--flame0)}.flame-1{fill:var(--flame1)}.flame-2{fill:var(--flame2)}
    .same{fill:var(--same)}.more-1{fill:var(--more1)}.more-2{fill:var(--more2)}\
    .more-3{fill:var(--more3)}.less-1{fill:var(--less1)}.less-2{fill:var(--less2)}\
    .less-3{fill:var(--less3)}
    rect[class^=h-]{stroke:var(--paper);stroke-width:1}rect.less{fill-opacity:.45}

    """ + Hue.allCases.map { ".h-\($0.rawValue){fill:var(--\($0.rawValue))}" }.joined() + "\n"

  /// Telephones: both times of a series fit below it, and names into tables.
  private static let narrow = """
    @media screen and (max-width:30rem){svg .start{transform:translateX(-7.5rem)}\
    table{font-size:.875rem}th,td{padding-right:.5rem}td:not(.n,.k){min-width:7rem}.k{white-space:normal}}

    """

  private static let print = """
    @media print{body{max-width:none;font-size:11pt}figure,tr,.verdict{break-inside:avoid}\
    h2,h3{break-after:avoid}nav{display:none}\
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}

    """
}
