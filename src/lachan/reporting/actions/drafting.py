"""A unit writes its consolidated report: what units wrote is gathered into passages, reworded, joined and parted; sources stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.opinions import Said, place, points
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person
from lachan.reporting.models import Passage, Question, ReportDraft, Source
from lachan.reporting.taking import IN_BODY
from lachan.reporting.totals import owed_in


@dataclass(frozen=True)
class Point:
    """One point of a counted version, before it has a passage."""

    obligation: int
    version: int
    number: int
    text: str


@transaction.atomic
def gather(campaign: Campaign, top: Assignment | None, *, by: Person, now: datetime) -> ReportDraft:
    """Bring the unit's draft up to what the counted returns say; the first time, begin it.

    New points join the passage that says the same, or make passages of their own; points of returns that no longer count leave.
    What a person has reworded, joined, parted or placed stays as they left it. Refused while the campaign has not started.
    """
    if campaign.state == Campaign.State.DRAFT:
        raise Refused(_("Chiến dịch chưa phát động nên chưa có gì để tổng hợp."))
    unit = top.unit if top else campaign.owner
    ReportDraft.objects.get_or_create(campaign=campaign, unit=unit, defaults={"gathered_at": now})
    draft = ReportDraft.objects.select_for_update(of=("self",)).get(campaign=campaign, unit=unit)
    told = {"new": 0, "gone": 0}
    for question, said in _said(campaign, top).items():
        new, gone = _keep_known(draft, question, said)
        _place_new(draft, question, new)
        told = {"new": told["new"] + len(new), "gone": told["gone"] + gone}
    _count_units(draft)
    draft.gathered_at = now
    draft.save(update_fields=["gathered_at"])
    audit.record("reporting.gather", draft, by=by, now=now, detail=told)
    return draft


def _said(campaign: Campaign, top: Assignment | None) -> dict[int, list[Point]]:
    """The points of every counted version, by question asked in words."""
    asked = Question.objects.filter(form__campaign=campaign, kind=Question.Kind.TEXT)
    said: dict[int, list[Point]] = {question.pk: [] for question in asked}
    counted = owed_in(campaign, top).exclude(counted=None).order_by("pk")
    for obligation, version, values in counted.values_list("pk", "counted_id", "counted__values"):
        for question, found in said.items():
            texts = points(str(values.get(str(question), "")))
            found += [Point(obligation, version, number, text) for number, text in enumerate(texts)]
    return said


def _keep_known(draft: ReportDraft, question: int, said: Sequence[Point]) -> tuple[list[Point], int]:
    """Leave the sources whose words still stand, drop the others. Gives the points that have no source yet, and how many went."""
    known: dict[tuple[int, str], list[Source]] = defaultdict(list)
    for source in Source.objects.filter(passage__draft=draft, passage__question=question).select_related("version"):
        known[source.version.obligation_id, source.text].append(source)
    new, moved = [], []
    for point in said:
        there = known.get((point.obligation, point.text))
        if not there:
            new.append(point)
            continue
        source = there.pop()
        if (source.version_id, source.number) != (point.version, point.number):
            source.version_id, source.number = point.version, point.number
            moved.append(source)
    Source.objects.bulk_update(moved, ["version", "number"], batch_size=1000)
    gone = [source.pk for sources in known.values() for source in sources]
    Source.objects.filter(pk__in=gone).delete()
    return new, len(gone)


def _place_new(draft: ReportDraft, question: int, new: Sequence[Point]) -> None:
    wordings: dict[int, list[str]] = defaultdict(list)
    kept = draft.passages.filter(question=question)
    for key, text in [*kept.values_list("pk", "text"), *kept.values_list("pk", "sources__text")]:
        wordings[key] += [text] if text else []
    said = {Said(at, point.text): point for at, point in enumerate(new)}
    placed, themes = place(said, wordings)
    body = kept.filter(place=Passage.Place.BODY).count()
    made = Passage.objects.bulk_create(
        Passage(
            draft=draft,
            question_id=question,
            text=theme.text,
            place=Passage.Place.BODY if body + rank < IN_BODY else Passage.Place.ANNEX,
        )
        for rank, theme in enumerate(themes)
    )
    homes = [*placed.items(), *((one, p.pk) for p, theme in zip(made, themes, strict=True) for one in theme.said)]
    Source.objects.bulk_create(
        Source(passage_id=home, version_id=said[one].version, number=said[one].number, text=one.text)
        for one, home in homes
    )


def _count_units(draft: ReportDraft, only: Iterable[int] | None = None) -> None:
    """How many units each passage comes from. A passage that nobody edited and no unit stands behind goes."""
    passages: QuerySet[Passage, Any] = draft.passages.all() if only is None else draft.passages.filter(pk__in=only)
    counted = passages.order_by().annotate(found=Count("sources__version__obligation", distinct=True))
    changed = []
    for passage in counted:
        if passage.units != passage.found:
            passage.units = passage.found
            changed.append(passage)
    Passage.objects.bulk_update(changed, ["units"], batch_size=1000)
    passages.filter(units=0, edited_at=None).delete()


class Overtaken(Refused):
    """Somebody else changed the passage in the meantime: `passage` as it is now, `typed` as it was to become."""

    def __init__(self, passage: Passage, typed: str) -> None:
        who = passage.edited_by.name if passage.edited_by else ""
        super().__init__(
            _("%(who)s vừa sửa ý này. Xem lại lời mới rồi sửa tiếp; lời anh/chị vừa viết vẫn được giữ.") % {"who": who}
        )
        self.passage, self.typed = passage, typed


@transaction.atomic
def reword(passage: Passage, *, text: str, revision: int, by: Person, now: datetime) -> Passage:
    """Give the passage other words. Its sources stay. Raises Overtaken when it is no longer at `revision`; Refused when blank."""
    text = " ".join(text.split())
    passage = _locked(passage)
    if passage.text == text:
        return passage
    if not text:
        raise Refused(_("Ghi nội dung của ý. Nếu không muốn đưa vào báo cáo, chọn “Không đưa vào”."))
    if passage.revision != revision:
        raise Overtaken(passage, text)
    before, passage.text = passage.text, text
    return _edited(passage, "reporting.reword", {"from": before, "to": text}, by=by, now=now)


@transaction.atomic
def put(passage: Passage, *, where: str, by: Person, now: datetime) -> Passage:
    """Put the passage in the body, in the annex, or out of the report (its sources and words are kept)."""
    passage = _locked(passage)
    if passage.place == where:
        return passage
    passage.place = Passage.Place(where)
    return _edited(passage, "reporting.put", {"place": where}, by=by, now=now)


@transaction.atomic
def join(passages: Sequence[Passage], *, by: Person, now: datetime) -> Passage:
    """Make one passage of several on the same question: the words of the first, the sources of all. Refused for fewer than two."""
    _take_turn(passages)
    found = list(Passage.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in passages]))
    if len(found) < 2:
        raise Refused(_("Chọn từ hai ý trở lên để gộp."))
    if len({(one.draft_id, one.question_id) for one in found}) > 1:
        raise Refused(_("Chỉ gộp được các ý của cùng một câu hỏi."))
    first, *others = found
    Source.objects.filter(passage__in=others).update(passage=first)
    texts = [one.text for one in others]
    Passage.objects.filter(pk__in=[one.pk for one in others]).delete()
    _count_units(first.draft, [first.pk])
    first.refresh_from_db()
    return _edited(first, "reporting.join", {"joined": texts}, by=by, now=now)


@transaction.atomic
def part(source: Source, *, by: Person, now: datetime) -> Passage:
    """Take one source out of its passage into a passage of its own, in the unit's words. Refused for the last source."""
    passage = _locked(source.passage)
    if passage.sources.count() < 2 or not passage.sources.filter(pk=source.pk).exists():
        raise Refused(_("Ý này chỉ có một đơn vị nêu nên không tách được."))
    alone = Passage.objects.create(
        draft=passage.draft, question_id=passage.question_id, text=source.text, place=passage.place
    )
    Source.objects.filter(pk=source.pk).update(passage=alone)
    _edited(passage, "reporting.part", {"text": source.text}, by=by, now=now)
    _edited(alone, "reporting.part", {"from": passage.pk}, by=by, now=now)
    _count_units(passage.draft, [passage.pk, alone.pk])
    alone.refresh_from_db()
    return alone


@transaction.atomic
def keep_words(
    draft: ReportDraft, *, words: Mapping[str, str], compared_with: Campaign | None, by: Person, now: datetime
) -> ReportDraft:
    """Keep the letter around the figures as typed, right or wrong, and which campaign it is compared with."""
    draft.words, draft.compared_with = dict(words), compared_with
    draft.saved_at, draft.saved_by = now, by
    draft.save(update_fields=["words", "compared_with", "saved_at", "saved_by"])
    return draft


def _take_turn(passages: Sequence[Passage]) -> None:
    """Hold the drafts of the passages first, as `gather` does: a passage does not vanish under whoever is at work on it."""
    drafts = ReportDraft.objects.filter(pk__in={one.draft_id for one in passages}).order_by("pk")
    list(drafts.select_for_update(of=("self",)))


def _locked(passage: Passage) -> Passage:
    _take_turn([passage])
    held = Passage.objects.select_for_update(of=("self",)).select_related("draft", "edited_by").filter(pk=passage.pk)
    if found := held.first():
        return found
    raise Refused(_("Ý này vừa được gộp vào ý khác, hoặc không còn đơn vị nào nêu. Mở lại trang để xem."))


def _edited(passage: Passage, verb: str, detail: dict[str, Any], *, by: Person, now: datetime) -> Passage:
    passage.revision += 1
    passage.edited_by, passage.edited_at = by, now
    passage.save()
    audit.record(verb, passage, by=by, now=now, detail=detail)
    return passage
