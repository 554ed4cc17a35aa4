"""A letter comes in: its file is judged by what is in it, kept, read, and entered in the book of the unit that holds it."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import numbering, reader, tasks
from lachan.letters.entering import enter_reading
from lachan.letters.models import Letter
from lachan.orgs.models import Person, Unit

LONGEST_NAME = 200


@dataclass(frozen=True)
class Source:
    """What was sent: the octets, and the name they had on the sender's machine, which is only ever shown."""

    data: bytes
    name: str

    @classmethod
    def of(cls, file: "File[bytes] | None", text: str) -> "Source":
        """A file; without one, the pasted text as a file of its own."""
        if file:
            return cls(file.read(), _shown_name(file.name or ""))
        return cls(text.encode(), _("Văn bản dán.txt"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def _shown_name(name: str) -> str:
    """The last part of a path, without control characters, short enough to keep."""
    plain = "".join(c for c in unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name) if c.isprintable())
    return plain[-LONGEST_NAME:]


def receive(*, holder: Unit, source: Source, by: Person, now: datetime) -> Letter:
    """The letter that was sent, read; a scan is still being read, in the background. The same file again gives the same letter.

    Refused, with nothing kept, when the file cannot be read: damaged, locked, with macros, of another kind, too large inside.
    """
    if existing := Letter.objects.filter(holder=holder, sha256=source.sha256).first():
        return existing
    try:
        found = reader.extract(source.data, source.name)
    except reader.Unreadable as problem:
        raise Refused(_(str(problem))) from problem
    try:
        return _enter(holder, source, found, by, now)
    except IntegrityError:  # the same file, sent twice at one moment
        return Letter.objects.get(holder=holder, sha256=source.sha256)


@transaction.atomic
def _enter(holder: Unit, source: Source, found: reader.Extracted, by: Person, now: datetime) -> Letter:
    letter = Letter(
        holder=holder,
        direction=Letter.Direction.RECEIVED,
        state=Letter.State.READING,
        original_name=source.name,
        sha256=source.sha256,
        entered_by=by,
        entered_at=now,
    )
    letter.save()
    numbering.arrive(letter, unit=holder, day=localdate(now), by=by, now=now)
    audit.record("letters.receive", letter, by=by, now=now, detail={"sha256": source.sha256, "holder": holder.code})
    if found.is_scan:
        tasks.read_scan.defer(letter=letter.pk)
    else:
        enter_reading(letter, found.text, by=by, now=now)
    letter.original.save(f"{source.sha256}.{found.kind}", ContentFile(source.data), save=False)
    letter.save(update_fields=["original"])
    return letter


@transaction.atomic
def ask_to_stop(letter: Letter, *, by: Person, now: datetime) -> None:
    """Stop reading a scan after the page being read. A letter already read stays read."""
    asked = Letter.objects.filter(pk=letter.pk, state=Letter.State.READING, stop_asked=False).update(stop_asked=True)
    if asked:
        audit.record("letters.stop_reading", letter, by=by, now=now)


@transaction.atomic
def read_again(letter: Letter, *, by: Person, now: datetime) -> None:
    """Read a scan once more from its first page. Refused for a letter that has been read."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state not in (Letter.State.READING, Letter.State.UNREADABLE):
        raise Refused(_("Văn bản này đã đọc xong nên không cần đọc lại."))
    letter.state, letter.stop_asked, letter.trouble, letter.reading_pages = Letter.State.READING, False, "", 0
    letter.save(update_fields=["state", "stop_asked", "trouble", "reading_pages"])
    audit.record("letters.read_again", letter, by=by, now=now)
    try:
        with transaction.atomic():
            tasks.read_scan.configure(queueing_lock=f"letter-{letter.pk}").defer(letter=letter.pk)
    except AlreadyEnqueued:
        pass  # it stands in the queue already
