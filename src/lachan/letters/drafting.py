"""A letter of our own from its first draft to the number in the book: begun, revised, given annexes, issued; at worst cancelled."""

import hashlib
from dataclasses import asdict
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from lachan.engine.letters.files.attached import attached_kind
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.patterns import unfilled
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import numbering
from lachan.letters.actions import Content, Heading, content_of, refer
from lachan.letters.models import Annex, Letter
from lachan.letters.receiving import Source
from lachan.orgs.models import Person, Unit


@transaction.atomic
def begin(
    *,
    holder: Unit,
    heading: Heading,
    content: Content,
    refers_to: Letter | None,
    by: Person,
    now: datetime,
) -> Letter:
    """A new draft of the unit's: no number, in no book, seen by its own people only."""
    letter = Letter.objects.create(
        holder=holder,
        direction=Letter.Direction.ISSUED,
        state=Letter.State.DRAFT,
        **asdict(heading),
        content=asdict(content),
        entered_by=by,
        entered_at=now,
    )
    if refers_to is not None:
        refer(letter, refers_to)
    audit.record("letters.begin", letter, by=by, now=now, detail={"holder": holder.code})
    return letter


@transaction.atomic
def revise(letter: Letter, *, heading: Heading, content: Content, by: Person, now: datetime) -> Letter:
    """Write the draft over with what stands on the page. Refused once it is issued."""
    letter = locked_draft(letter)
    for name, value in asdict(heading).items():
        setattr(letter, name, value)
    letter.content = asdict(content)
    letter.save()
    audit.record("letters.revise", letter, by=by, now=now)
    return letter


@transaction.atomic
def discard(letter: Letter, *, by: Person, now: datetime) -> None:
    """Throw a draft away. It had no number, so nothing of it stays but the entry in the audit trail."""
    letter = locked_draft(letter)
    audit.record("letters.discard", letter, by=by, now=now, detail={"abstract": letter.abstract})
    letter.delete()


def lacking(letter: Letter) -> list[str]:
    """What a draft must still have before it can go out, each as a sentence; empty when nothing is missing."""
    content = content_of(letter)
    wanted = [
        (letter.symbol, _("Chưa có ký hiệu văn bản.")),
        (letter.dated_on, _("Chưa có ngày văn bản.")),
        (letter.abstract.strip(), _("Chưa có trích yếu.")),
        (content.body.strip(), _("Chưa có nội dung.")),
        (letter.signer_title.strip(), _("Chưa có chức vụ người ký.")),
        (letter.signer_name.strip(), _("Chưa có họ và tên người ký.")),
    ]
    open_places = unfilled("\n".join([letter.abstract, *content.bases, content.body, *content.recipients]))
    said = [sentence for value, sentence in wanted if not value]
    if open_places:
        said.append(_("Còn chỗ chưa điền: %(places)s.") % {"places": ", ".join(open_places)})
    return said


@transaction.atomic
def issue_draft(letter: Letter, *, state: Letter.State = Letter.State.ISSUED, by: Person, now: datetime) -> Letter:
    """Give the draft its number and issue it, or with `state` SIGNING lay it before those who sign.

    Refused while something is lacking, and when the number wished for was given already. Issued already: left as it is.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state in (Letter.State.ISSUED, Letter.State.SIGNING):
        return letter
    locked_draft(letter)
    if missing := lacking(letter):
        raise Refused(" ".join([_("Văn bản chưa phát hành được."), *missing]))
    assert letter.dated_on is not None  # noqa: S101 - `lacking` has seen to it
    letter.number = numbering.take(letter.holder, letter.dated_on.year, letter.number)
    letter.state = state
    letter.save()
    audit.record("letters.issue", letter, by=by, now=now, detail={"symbol": letter.full_symbol})
    return letter


@transaction.atomic
def cancel(letter: Letter, *, because: str, by: Person, now: datetime) -> Letter:
    """Withdraw an issued letter that nobody here was given. Its number stays in the book as cancelled, never given again."""
    if not because.strip():
        raise Refused(_("Ghi lý do hủy để sổ còn dấu vết."))
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state == Letter.State.CANCELLED:
        return letter
    if letter.direction != Letter.Direction.ISSUED or letter.state == Letter.State.DRAFT:
        raise Refused(_("Chỉ hủy được văn bản đi đã có số."))
    if letter.sent_to.exists() or content_of(letter).laid_out_at:
        raise Refused(_("Văn bản đã gửi đến các đơn vị nên không hủy được. Ban hành văn bản thay thế hoặc đính chính."))
    letter.state, letter.cancelled_because = Letter.State.CANCELLED, because.strip()
    letter.save(update_fields=["state", "cancelled_because"])
    audit.record("letters.cancel", letter, by=by, now=now, detail={"because": because.strip()})
    return letter


@transaction.atomic
def send(letter: Letter, *, to: "list[Unit]", by: Person, now: datetime) -> list[Unit]:
    """Hand an issued letter to units here: it stands in their book of what came in. Those that have it are left as they are."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state != Letter.State.ISSUED or letter.direction != Letter.Direction.ISSUED:
        raise Refused(_("Văn bản chưa phát hành nên chưa gửi được."))
    already = set(letter.sent_to.values_list("pk", flat=True))
    fresh = [unit for unit in to if unit.pk not in already and unit.pk != letter.holder_id]
    if fresh:
        letter.sent_to.add(*fresh)
        audit.record("letters.send", letter, by=by, now=now, detail={"units": [unit.code for unit in fresh]})
    return fresh


@transaction.atomic
def add_annex(
    letter: Letter, *, title: str, text: str = "", source: Source | None = None, by: Person, now: datetime
) -> Annex:
    """Put an annex at the end: a text, a table (a row a line, cells parted by tabs or "|"), or a file.

    Refused for a file that is not, by its content, a PDF, DOCX or XLSX, and when there is neither text nor file.
    """
    letter = locked_draft(letter)
    if not title.strip():
        raise Refused(_("Phụ lục cần có tên."))
    if source is None and not text.strip():
        raise Refused(_("Phụ lục cần có nội dung hoặc tệp đính kèm."))
    last = letter.annexes.order_by("-order").first()
    annex = Annex(letter=letter, order=last.order + 1 if last else 1, title=title.strip())
    if source is None:
        annex.kind = Annex.Kind.TABLE if is_table(text) else Annex.Kind.TEXT
        annex.text = text.strip("\r\n")
        annex.save()
    else:
        _attach(annex, source)
    audit.record("letters.add_annex", annex, by=by, now=now, detail={"letter": letter.pk, "kind": annex.kind})
    return annex


def _attach(annex: Annex, source: Source) -> None:
    try:
        ending = attached_kind(source.data)
    except Unreadable as problem:
        if problem.reason_code == Reason.UNKNOWN:
            raise Refused(
                _("Tệp “%(name)s” không phải là PDF, DOCX hay XLSX nên không đính kèm được.") % {"name": source.name}
            ) from problem
        raise Refused(_(str(problem))) from problem
    annex.kind, annex.file_name, annex.file_size = Annex.Kind.FILE, source.name, len(source.data)
    digest = hashlib.sha256(source.data).hexdigest()
    annex.save()
    annex.file.save(f"{digest}.{ending}", ContentFile(source.data))


@transaction.atomic
def drop_annex(annex: Annex, *, by: Person, now: datetime) -> None:
    """Take an annex away; those after it move up."""
    letter = locked_draft(annex.letter)
    audit.record("letters.drop_annex", annex, by=by, now=now, detail={"letter": letter.pk, "title": annex.title})
    annex.delete()


def is_table(text: str) -> bool:
    """Whether every line has cells: parted by tabs, as pasted from a spreadsheet, or by "|"."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all("\t" in line or "|" in line for line in lines)


def locked_draft(letter: Letter) -> Letter:
    """The draft as it stands in the database, held until the transaction ends. Refused once it is issued."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state != Letter.State.DRAFT:
        raise Refused(
            _("Văn bản đã có số trong sổ nên không sửa được nữa. Nếu cần, hủy số hoặc ban hành văn bản thay thế.")
        )
    return letter
