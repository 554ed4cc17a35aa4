"""What a long-running process keeps out of the collector's way."""

import gc


def settle_heap() -> None:
    """What stands by now is never garbage: from here on a collection looks only at what pages make.

    Without it a collection in the middle of a page took 0.15 to 0.2 s on a 2-core machine.
    """
    gc.collect()
    gc.freeze()
