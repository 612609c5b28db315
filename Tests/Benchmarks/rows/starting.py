"""What every command costs before it does anything, and the two that are typed most."""
from bench import folder, kmemcheck, least, ms, need, touched

def rows(table):
    need("free", "slabtop")
    ours, free = least(kmemcheck("--version"), ["free"])
    table.row("start-up: --version", f"{ms(ours.processor)} (free: {ms(free.processor)})", "free + 2.5 ms",
              ours.processor <= free.processor + 0.0025, ours.processor / free.processor)
    top(table)


def top(table):
    # What was read of slab caches once is remembered: the first `top` after a boot is told apart.
    first = least(kmemcheck("top"), runs=1)
    ours, peer = least(kmemcheck("top"), ["slabtop", "-o"])
    table.row("top", f"{ms(ours.processor)} (slabtop -o: {ms(peer.processor)}; first {ms(first.processor)})",
              "12 ms", ours.processor <= 0.012, ours.processor / peer.processor)
    with folder() as place:
        ours, kernels = least(kmemcheck("top"), touched(place, kmemcheck("top")))
        table.row("the same against its reads in C", f"{ours.processor / kernels.processor:.1f} × "
                  f"({ms(kernels.processor)})")
