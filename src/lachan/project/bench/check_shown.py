"""What `lachan bench check` found, as lines for a terminal and as a page. The picture is in `check_picture.py`."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lachan.project.bench.peers.changes import CHANGES
from lachan.project.bench.peers.trial import AS_IS
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))
FIGURES = ("ap", "recall_at_1pct", "recall_at_half_pct")
NAMES = {
    "scam": _("lừa đảo so với tin thật"),
    "scam_or_caution": _("lừa đảo hoặc cần cẩn thận so với tin thật"),
    "ap": "AP",
    "recall_at_1pct": _("tìm thấy ở 1 %"),
    "recall_at_half_pct": _("tìm thấy ở 0,5 %"),
    "unaccented": _("bỏ dấu"),
    "disguised": _("ngụy trang"),
    "red_on_genuine": _("tin thật bị báo đỏ"),
    "amber_on_genuine": _("tin thật bị báo vàng"),
    "red_on_scam": _("lừa đảo báo đỏ"),
    "amber_on_scam": _("lừa đảo báo vàng"),
    "red_or_amber_on_caution": _("cần cẩn thận báo đỏ hoặc vàng"),
    "train_s": _("học, giây"),
    "per_second": _("tin mỗi giây"),
    "peak_mb": _("bộ nhớ, MB"),
    "import_s": _("nạp, giây"),
    "p50_ms": _("một tin 300 ký tự, ms, trung vị"),
    "p99_ms": _("một tin 300 ký tự, ms, p99"),
    "messages_a_second": _("cả loạt, tin mỗi giây"),
    "times_dearer_for_ten_times_the_text": _("văn bản dài gấp mười tốn gấp"),
    "additions_s": _("sức máy lúc đo: mười triệu phép cộng bằng Python, giây"),
    "ms_10_kb": "10 KB, ms",
    "ms_100_kb": "100 KB, ms",
    "times_dearer": _("tốn gấp"),
}
SPEEDS = (
    *("import_s", "p50_ms", "p99_ms", "messages_a_second", "peak_mb", "times_dearer_for_ten_times_the_text"),
    "additions_s",
)


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first column names the row."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(told: dict[str, Any]) -> Iterator[Table]:
    """Everything that was measured."""
    if systems := told.get("systems"):
        yield from _quality(systems)
        levels = {name: one["levels"] for name, one in systems.items() if one["levels"]}
        if levels:
            names = list(next(iter(levels.values())))
            yield _table(_("Mức báo"), names, [(name, [one[each] for each in names]) for name, one in levels.items()])
        costs = ("train_s", "per_second", "peak_mb")
        yield _table(_("Tốn kém"), costs, [(name, [one[each] for each in costs]) for name, one in systems.items()])
    rows = [(NAMES[name], _limited(told[name])) for name in SPEEDS]
    yield Table(_("Tốc độ của lachan"), ("", _("đo được"), _("giới hạn")), [(name, *cells) for name, cells in rows])
    kinds = ("ms_10_kb", "ms_100_kb", "times_dearer")
    hostile = [(name, [one[each] for each in kinds]) for name, one in told["hostile"].items()]
    yield _table(_("Văn bản cố ý gây chậm, một đoạn lặp lại"), kinds, hostile)


def _quality(systems: dict[str, Any]) -> Iterator[Table]:
    for question in ("scam", "scam_or_caution"):
        title = NAMES[question].capitalize()
        found = {name: one[question] for name, one in systems.items() if one[question]}
        yield _table(
            title, FIGURES, [(name, [_estimate(one[each]) for each in FIGURES]) for name, one in found.items()]
        )
        grouped = [(name, [f"{one[each]['by_group']:.3f}" for each in FIGURES]) for name, one in found.items()]
        yield _table(_("{question}, mỗi nhóm tính một lần").format(question=title), FIGURES, grouped)
        names = [change for change in CHANGES if change != AS_IS]
        changed = [(name, list(_changed(one, question))) for name, one in systems.items() if names[0] in one]
        head = ["", *(f"{NAMES[change]}: {NAMES[each]}" for change in names for each in FIGURES[:2])]
        yield Table(
            _("{question}, viết khác đi").format(question=title), head, [(name, *cells) for name, cells in changed]
        )


def _changed(system: dict[str, Any], question: str) -> Iterator[str]:
    """Each figure of changed texts, and how far it is from that of the texts as they are."""
    for change in CHANGES:
        if change != AS_IS:
            for figure in FIGURES[:2]:
                value = system[change][question][figure]
                yield f"{value:.3f} ({value - system[question][figure]['value']:+.3f})"


def _table(title: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[object]]]) -> Table:
    return Table(title, ["", *(NAMES[name] for name in names)], [(name, *map(str, cells)) for name, cells in rows])


def _estimate(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['value']:.3f} ({low:.2f}–{high:.2f})"


def _limited(figure: object) -> tuple[str, str]:
    return (str(figure["value"]), str(figure["limit"])) if isinstance(figure, dict) else (str(figure), "")


def absent(told: dict[str, Any]) -> list[str]:
    """Who could not be measured, and how to have them measured."""
    sentence = _("{peer} chưa cài nên không được đo: {remedy}")
    return [sentence.format(peer=peer, remedy=remedy) for peer, remedy in told.get("absent", {}).items()]


def lines(told: dict[str, Any]) -> list[str]:
    """For a terminal: columns under one another."""
    said = [*_about(told), *absent(told)]
    for table in tables(told):
        first = max(len(row[0]) for row in table.rows)
        widths = [max(len(row[at]) for row in (table.head, *table.rows)) for at in range(1, len(table.head))]
        said += ["", table.title]
        for name, *cells in (table.head, *table.rows):
            said.append("  ".join([f"  {name:<{first}}", *(f"{c:>{w}}" for c, w in zip(cells, widths, strict=True))]))
    return said


def markdown(told: dict[str, Any], day: str, drawn: Path | None) -> str:
    """For a page: what was measured on which machine, the picture, the tables, what they do not show."""
    said = [
        "# " + _("Nhận diện lừa đảo: đo cạnh nhau"),
        "",
        f"{day}; {told['machine']}; load {told['load'][0]:.1f}–{told['load_after'][0]:.1f}.",
    ]
    said += ["", "\n\n".join([*_about(told), *absent(told)])]
    if drawn:
        shows = _("Chất lượng và tốc độ của từng bên")
        said += ["", f"![{shows}]({drawn.name})"]
    for table in tables(told):
        said += ["", f"## {table.title}", "", f"| {' | '.join(table.head)} |", "|---" * len(table.head) + "|"]
        said += [f"| {' | '.join(row)} |" for row in table.rows]
    if told.get("systems"):
        said += ["", "## " + _("Những gì các số này không cho biết"), "", *(f"- {one}" for one in LIMITS)]
    return "\n".join(said) + "\n"


def _about(told: dict[str, Any]) -> list[str]:
    if not (counts := told.get("messages")):
        return [_("Chưa đo chất lượng: hãy ghi FILE, một tệp CSV các tin đã gán nhãn.")]
    sentence = _(
        "{none} tin thật, {scam} tin lừa đảo, {caution} tin cần cẩn thận, {groups} nhóm tin gần giống nhau; {folds} phần, một nhóm "
        "không bị chia; mỗi tin được chấm bằng những gì học từ các phần khác và từ {beside} tin học thêm."
    )
    meaning = _(
        "AP: độ chính xác trung bình. Tìm thấy ở 1 %: phần tin xấu tìm được khi chấp nhận báo nhầm 1 % tin thật."
    )
    return [sentence.format(**counts), meaning]


LIMITS = (
    _("Trong ngoặc là khoảng 95 % khi lấy lại mẫu theo nhóm. Tin xấu ít nên khoảng rộng; hơn kém trong khoảng ấy là chưa chắc."),
    _("Mọi bên học tin lừa đảo và tin cần cẩn thận là xấu, tin còn lại là thật, và chỉ được đọc nội dung."),
    _("Các dấu hiệu của lachan do người viết; nếu khi viết đã đọc tệp tin này thì số đo ở đây đẹp hơn trên tin chưa gặp."),
    _("bogofilter và SpamAssassin làm ra cho thư điện tử, để nguyên cấu hình của Debian, tin được gói thành thư; SpamAssassin "
      "dùng quy tắc có sẵn cộng Bayes đã học, không hỏi ra mạng, và vì chậm nên không đọc các tin viết khác đi."),
    _("Thời gian là thời gian bộ xử lý của một nhân. Bộ nhớ là mức cao nhất của tiến trình, kể cả lúc học; của bogofilter là không "
      "quá số ghi."),
)  # fmt: skip
