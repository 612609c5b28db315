"""A snapshot beside a bare read of the same kernel files."""
import pathlib

from bench import archived, bare, folder, kmemcheck, least, ms, read_by


def rows(table):
    with folder() as place:
        capture = pathlib.Path(place) / "capture.tar.zst"
        snap = kmemcheck("snap", "--no-processes", "-o", capture)
        # The first snapshot of this boot reads what later ones remember: its list of files is the whole one.
        pathlib.Path("/run/kmemcheck/slab").unlink(missing_ok=True)
        first = least(snap, runs=1)
        files = read_by(capture)
        ours, cat = least(snap, ["cat", *files])
        still = bare(place, read_by(capture, remembered=False))
        table.row("snap --no-processes", f"{ms(ours.processor)} (cat of {len(files)}: {ms(cat.processor)}; "
                  f"first {ms(first.processor)})", "0.7 × cat", ours.processor <= cat.processor * 0.7,
                  ours.processor / cat.processor)
        ours, again, in_c = least(snap, still, archived(place, capture, still[1]))
        for peer, what in ((again, "bare reads"), (in_c, "archiving in C")):
            table.row(f"the same against {what}", f"{ours.processor / peer.processor:.1f} × ({ms(peer.processor)})")
        whole(table, place)


def whole(table, place):
    ours = least(kmemcheck("snap", "-o", f"{place}/whole.tar.zst"), runs=5)
    table.row("snap, with all processes", f"{ms(ours.processor)}, {ours.peak >> 20} MiB")
