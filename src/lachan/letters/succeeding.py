"""Units end while they write letters: what is drafted goes on with those that take over. What was issued stays in its book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.utils.translation import gettext as _

from lachan.letters.models import Letter
from lachan.orgs.passing_on import Held, Passing


def pass_on(passing: Passing) -> Counter[str]:
    """Drafts go to the heir. A second draft that passes on the same letter stays where it was written."""
    begun = set(
        Letter.objects.filter(holder__in=[heir for heir in passing.heirs.values() if heir], state=Letter.State.DRAFT)
        .exclude(passes_on=None)
        .values_list("holder_id", "passes_on_id")
    )
    moved = []
    drafts = Letter.objects.select_for_update(of=("self",)).filter(holder__in=passing.heirs, state=Letter.State.DRAFT)
    for one in drafts.order_by("pk"):
        heir = passing.heirs[one.holder_id]
        if heir is None or (heir, one.passes_on_id) in begun or not passing.takes(f"letter:{one.pk}"):
            continue
        if one.passes_on_id:
            begun.add((heir, one.passes_on_id))
        one.holder_id = heir
        moved.append(one)
    passing.ledger.update(moved, ["holder_id"])
    return Counter(drafts=len(moved))


def held_by_units(units: Collection[int]) -> list[Held]:
    drafts = Letter.objects.filter(holder__in=units, state=Letter.State.DRAFT)
    return [
        Held(f"letter:{one.pk}", one.holder_id, _("Dự thảo văn bản: %(abstract)s") % {"abstract": one.abstract})
        for one in drafts
    ]
