"""The owner's own letter for a letter from above: drafted, kept while the set-up screen is worked on, issued at the start."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from lachan.campaigns.actions import AddresseeDraft, TaskDraft
from lachan.campaigns.models import Campaign
from lachan.engine.answers import Kind
from lachan.engine.report_form import FormDraft, QuestionDraft, TableDraft
from lachan.engine.report_form.lines import column_head
from lachan.engine.vietnamese import fold
from lachan.foundation import formats
from lachan.letters.actions import Content, Heading, content_of
from lachan.letters.citing import about, cited, issuer_in_words
from lachan.letters.models import Letter
from lachan.orgs.models import UnitVersion
from lachan.portal.case import symbol_of
from lachan.portal.own_letter import DEADLINE
from lachan.reporting.actions.giving import OwnLetter
from lachan.reporting.letterhead import letterhead


def prefilled(letter: Letter, version: UnitVersion, tasks: Sequence[TaskDraft], today: date) -> dict[str, Any]:
    """What the own letter's controls start with."""
    head = letterhead(version.unit, today)
    issuer = issuer_in_words(letter)
    source = cited(letter, issuer)
    return {
        "doc_type": "công văn",
        "symbol": symbol_of(version),
        "dated_on": today,
        "place": head.place,
        "abstract": letter.abstract or f"thực hiện {source}",
        "body": body(version, f"{source} {about(letter)}".strip(), tasks),
        "authority": head.authority,
        "signer_title": head.signer_title,
        "signer_name": head.signer_name,
        "copies": "\n".join([f"{issuer} (để b/c)", "Lưu: VT"]),
        "with_form": True,
    }


def body(version: UnitVersion, source: str, tasks: Sequence[TaskDraft]) -> str:
    """The text: on whose word, what is asked point by point, by when to report."""
    asked = [task for task in tasks if not fold(task.text).startswith(("bao cao", "gui bao cao", "dinh ky bao cao"))]
    points = [f"{number}. {_sentence(task.text)}" for number, task in enumerate(asked, start=1)]
    report = f"{len(points) + 1}. Báo cáo kết quả thực hiện về {version.body_name} trước {DEADLINE} để tổng hợp."
    return "\n".join(
        [
            f"Thực hiện {source}, {version.body_name} đề nghị các cơ quan, đơn vị, địa phương triển khai các nội dung sau:",
            *points,
            report,
            f"{version.body_name} đề nghị các cơ quan, đơn vị, địa phương quan tâm triển khai thực hiện.",
        ]
    )


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(" ;,.") + "."


def kept_draft(campaign: Campaign) -> Letter | None:
    """The owner's draft on the campaign's letter; none where the letter is the owner's own."""
    return Letter.objects.filter(
        holder=campaign.owner_id, passes_on=campaign.letter_id, state=Letter.State.DRAFT
    ).first()


def as_typed(draft: Letter) -> dict[str, Any]:
    """A kept draft as the controls show it."""
    content = content_of(draft)
    heading = ("doc_type", "number", "symbol", "dated_on", "place", "abstract", "signer_title", "signer_name")
    return {
        **{name: getattr(draft, name) for name in heading},
        "bases": "\n".join(content.bases),
        "body": content.body,
        "authority": "\n".join(content.authority),
        "copies": "\n".join(content.copies),
        "with_form": bool(content.annex_title),
    }


def own_letter(
    typed: dict[str, Any],
    version: UnitVersion,
    addressees: Sequence[AddresseeDraft],
    form: FormDraft,
) -> OwnLetter:
    """The letter from what was typed: addressed to those who get the campaign, with the form as its annex when wanted."""
    heading = Heading(
        issuer=" ".join(version.heading),
        issuer_parent=_parent_heading(version, typed["dated_on"]),
        **{
            name: typed[name]
            for name in ("doc_type", "symbol", "place", "abstract", "signer_name", "signer_title", "dated_on", "number")
        },
    )
    content = Content(
        recipients=[one.line for one in addressees if not one.left_out_because],
        bases=_lines(typed["bases"]),
        body=typed["body"],
        authority=_lines(typed["authority"]),
        copies=_lines(typed["copies"]),
        **(annex(form) if typed["with_form"] else {}),
    )
    return OwnLetter(heading, content)


def annex(form: FormDraft) -> dict[str, Any]:
    """The report form as the annex of a letter: its questions in one table, then each table and list as itself."""
    questions = [one for one in form.items if isinstance(one, QuestionDraft) and one.kind != Kind.ROWS]
    tables = [_annex_table(one) for one in form.items if isinstance(one, TableDraft)]
    lists = [_annex_list(one) for one in form.items if isinstance(one, QuestionDraft) and one.kind == Kind.ROWS]
    return {
        "annex_title": form.title,
        "annex_rows": [[one.text, one.counted_in, _for_whom(one)] for one in questions],
        "annex_tables": [*tables, *lists],
    }


def _annex_table(table: TableDraft) -> dict[str, Any]:
    rows: list[list[str]] = []
    group = ""
    for row in table.rows:
        rows += [[row.group], [row.label]] if row.group and row.group != group else [[row.label]]
        group = row.group
    columns = [column_head(one) for one in table.columns] + (["Tổng cộng"] if table.sum_column else [])
    groups = sorted({row.group for row in table.rows} - {""})
    title = _titled(table.title, table)
    return {"title": title, "columns": columns, "rows": rows, "groups": groups, "total": table.sum_row}


def _annex_list(asked: QuestionDraft) -> dict[str, Any]:
    columns = [column_head(one) for one in asked.columns]
    return {"title": _titled(asked.text, asked), "columns": columns, "rows": [], "groups": []}


def _titled(title: str, item: QuestionDraft | TableDraft) -> str:
    whom = _for_whom(item)
    return f"{title} ({whom})" if whom else title


def _for_whom(item: QuestionDraft | TableDraft) -> str:
    return f"Dành cho {item.applies_to}" if item.applies_to else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _parent_heading(version: UnitVersion, day: date) -> str:
    if version.kind.level or version.parent is None:
        return ""
    above = version.parent.version_on(day)
    return f"UBND {above.name}".upper() if above.kind.level else above.name.upper()


def with_deadline_in(own: OwnLetter, report_due: datetime | None) -> OwnLetter:
    """The letter with the chosen deadline in its place."""
    due = localtime(report_due) if report_due else None
    words = f"{formats.clock(due)} ngày {formats.day(due)}" if due else "thời hạn được giao"
    return replace(own, content=replace(own.content, body=own.content.body.replace(DEADLINE, words)))
