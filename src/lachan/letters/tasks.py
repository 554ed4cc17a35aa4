"""Work done in the background: reading scans page by page."""

from datetime import datetime
from functools import partial

from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.foundation.background import job
from lachan.letters import reader
from lachan.letters.entering import enter_reading
from lachan.letters.models import Letter


@app.task(name="letters.read_scan")
@job
def read_scan(letter: int) -> None:
    """Read a scan, page by page, keeping count; stops when asked to."""
    read_pages(Letter.objects.get(pk=letter), now=timezone.now())  # noqa: TID251 - the job's one reading of the clock


def read_pages(letter: Letter, *, now: datetime) -> Letter:
    """Read every page of a scan that is being read and enter what it says. One that is not being read is left alone."""
    if letter.state != Letter.State.READING:
        return letter
    with letter.original.open("rb") as file:
        data = bytes(file.read())
    try:
        text = reader.read_scan(
            data, letter.original_name, progress=partial(_note, letter), stop=partial(_is_stopped, letter)
        )
    except reader.Unreadable as problem:
        letter.state, letter.trouble = Letter.State.UNREADABLE, str(problem)
        letter.save(update_fields=["state", "trouble"])
        return letter
    return enter_reading(letter, text, by=None, now=now)


def _note(letter: Letter, done: int, of: int) -> None:
    letter.reading_pages, letter.pages = done, of
    letter.save(update_fields=["reading_pages", "pages"])


def _is_stopped(letter: Letter) -> bool:
    letter.refresh_from_db(fields=["stop_asked"])
    return letter.stop_asked
