"""What of a text its writer says, and what stands in quotation marks: what others say, or said to him."""

import re
from collections.abc import Sequence

from lachan.engine.scams.folding import Folded
from lachan.engine.scams.links import covered

_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»\n]*[\"“”„«»]")
_SHORTEST = 8  # characters with their marks: shorter ones are names
_LEAST_OUTSIDE = 4  # words: who says fewer says what he quotes


def unquoted(folded: Folded, *, story: bool) -> tuple[Sequence[int], tuple[str, ...]]:
    """The places of the words outside quotation marks, and what is learnt of the whole beside words.

    In a told story quotation marks hold what a swindler said to the teller, elsewhere mostly what he would say.
    """
    kind = "<story>" if story else "<message>"
    spans = [found.span() for found in _QUOTED.finditer(folded.text) if len(found[0]) >= _SHORTEST]
    outside = [place for place, start in enumerate(folded.starts) if not covered(spans, start)] if spans else ()
    if len(outside) < _LEAST_OUTSIDE:
        return range(len(folded.words)), (kind,)
    return outside, (kind, f"<quotes>{kind}")
