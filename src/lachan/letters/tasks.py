"""Work done in the background: reading scans page by page."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateWorker

from lachan.letters import reader
from lachan.letters.entering import enter_reading
from lachan.letters.models import Letter

SILENT_FOR = timedelta(seconds=60)  # a worker says every ten seconds that it is there


def worker_is_up(now: datetime) -> bool:
    """Whether anybody takes up background work."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - SILENT_FOR).exists()


@app.task(name="letters.read_scan")
def read_scan(letter: int) -> None:
    """Read a scan, page by page, keeping count; stops when asked to."""
    read_pages(Letter.objects.get(pk=letter), now=timezone.now())  # noqa: TID251 - the job's one reading of the clock


def read_pages(letter: Letter, *, now: datetime) -> Letter:
    """Read every page of a scan that is being read and enter what it says. One that is not being read is left alone."""
    if letter.state != Letter.State.READING:
        return letter
    pages: list[str] = []
    try:
        with letter.original.open("rb") as file:
            data = bytes(file.read())
        for place, text in enumerate(reader.pages(data, letter.original_name), start=1):
            pages.append(text)
            if not _go_on(letter, place):
                return _give_up(letter, _("Đã dừng đọc sau trang %(page)s theo yêu cầu.") % {"page": place})
    except reader.Unreadable as problem:
        return _give_up(letter, str(problem))
    if not "".join(pages).strip():
        return _give_up(letter, _("Không thấy chữ nào trong bản quét. Hãy quét lại rõ hơn, hoặc dán nội dung văn bản."))
    return enter_reading(letter, "\n\n".join(pages), by=None, now=now)


def _go_on(letter: Letter, pages_read: int) -> bool:
    """Note how far the reading has come; False when somebody asked to stop."""
    letter.reading_pages = pages_read
    letter.save(update_fields=["reading_pages"])
    letter.refresh_from_db(fields=["stop_asked"])
    return not letter.stop_asked


def _give_up(letter: Letter, trouble: str) -> Letter:
    letter.state, letter.trouble = Letter.State.UNREADABLE, trouble
    letter.save(update_fields=["state", "trouble"])
    return letter
