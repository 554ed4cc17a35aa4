"""Which letter came from which: the chain from the first letter above to the last one below, with what they cite."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from lachan.letters.citing import issuer_in_words
from lachan.letters.models import Letter, LetterQuerySet, Reference

Step = Callable[[list[int]], LetterQuerySet]
FARTHEST = 6  # steps; ministry, province, department, district, commune and one to spare
SIDE_BY_SIDE = 6  # letters from one letter that are drawn one by one; the rest are told as a number


@dataclass(frozen=True)
class Node:
    """A document in the chain: a letter here, one that is only cited, or several told together."""

    key: str
    title: str
    issuer: str = ""
    letter: Letter | None = None
    reference: Reference | None = None
    count: int = 0  # of those told together


@dataclass(frozen=True)
class Chain:
    """The documents around one letter, and which leads to which, from above to below."""

    here: Letter
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    told: tuple[Letter, ...] = ()  # those that the drawing tells only as a number


def around(letter: Letter) -> Chain:
    """The chain of `letter`: what it names and what names it, step by step, and the documents it cites that are not here."""
    found = [*reversed(_climb(letter, _named_by)), [letter], *_climb(letter, _naming)]
    letters = [one for step in found for one in step]
    ties = Reference.objects.filter(letter__in=letters, target__in=letters).values_list("target_id", "letter_id")
    shown, told = _few_from_one(letters, list(ties))
    cited = [one for one in letter.references.all() if one.target_id is None]
    nodes = [Node(f"r{one.pk}", capfirst(f"{one}"), one.title, reference=one) for one in cited]
    nodes += [Node(f"l{one.pk}", f"{one}", issuer_in_words(one), letter=one) for one in shown]
    nodes += [Node(f"m{above}", "", count=count) for above, count in told.items()]
    keys = {one.pk for one in shown}
    edges = [(f"l{above}", f"l{below}") for above, below in ties if above in keys and below in keys]
    edges += [(f"r{one.pk}", f"l{letter.pk}") for one in cited]
    edges += [(f"l{above}", f"m{above}") for above in told]
    return Chain(letter, tuple(nodes), tuple(edges), tuple(one for one in letters if one.pk not in keys))


def _few_from_one(
    letters: Collection[Letter], ties: Iterable[tuple[int | None, int]]
) -> tuple[list[Letter], Counter[int]]:
    """Leave out those past the first few that came from one letter alone and that nothing came from; count them by it."""
    ties = list(ties)
    parents = Counter(below for _above, below in ties)
    leads = {above for above, _below in ties}
    of_one = {below: above for above, below in ties if above and parents[below] == 1 and below not in leads}
    seen: Counter[int] = Counter()
    told: Counter[int] = Counter()
    shown = []
    for letter in letters:
        above = of_one.get(letter.pk)
        if above:
            seen[above] += 1
        if above and seen[above] > SIDE_BY_SIDE:
            told[above] += 1
        else:
            shown.append(letter)
    return shown, told


def _named_by(keys: list[int]) -> LetterQuerySet:
    return Letter.objects.filter(referred_by__letter__in=keys)


def _naming(keys: list[int]) -> LetterQuerySet:
    return Letter.objects.filter(references__target__in=keys).exclude(state=Letter.State.DRAFT)


def _climb(letter: Letter, step: Step) -> list[list[Letter]]:
    """Step by step away from `letter`, nearest first, each letter once."""
    steps: list[list[Letter]] = []
    seen, here = {letter.pk}, [letter.pk]
    while here and len(steps) < FARTHEST:
        found = list(step(here).exclude(pk__in=seen).select_related("holder").order_by("dated_on", "id").distinct())
        here = [one.pk for one in found]
        seen.update(here)
        if found:
            steps.append(found)
    return steps
