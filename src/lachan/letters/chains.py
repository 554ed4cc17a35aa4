"""Which letter came from which: the chain from the first letter above to the last one below."""

from collections.abc import Callable

from lachan.letters.models import Letter, LetterQuerySet

Step = Callable[[list[int]], LetterQuerySet]
FARTHEST = 6  # steps; ministry, province, department, district, commune and one to spare


def above(letter: Letter) -> list[list[Letter]]:
    """The letters here that `letter` names, then those that they name, and so on; nearest first, each once."""
    return _climb(letter, lambda keys: Letter.objects.filter(referred_by__letter__in=keys))


def below(letter: Letter) -> list[list[Letter]]:
    """The letters here that name `letter`, then those that name them, and so on; nearest first, each once."""
    return _climb(letter, lambda keys: Letter.objects.filter(references__target__in=keys).exclude(state="draft"))


def _climb(letter: Letter, step: Step) -> list[list[Letter]]:
    steps: list[list[Letter]] = []
    seen, here = {letter.pk}, [letter.pk]
    while here and len(steps) < FARTHEST:
        found = list(step(here).exclude(pk__in=seen).select_related("holder").order_by("dated_on", "id").distinct())
        here = [one.pk for one in found]
        seen.update(here)
        if found:
            steps.append(found)
    return steps
