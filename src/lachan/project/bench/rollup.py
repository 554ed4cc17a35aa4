"""`lachan bench rollup`: figures of a whole country, live: how soon a return shows, how long a table takes, a storm, a recount.

Two sizes, one ten times the other: what is right grows with what is shown, not with how many units report.
"""

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import click
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.test import Client
from django.urls import reverse

from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.orgs.actions import change_boundaries
from lachan.orgs.models import Person, Role, Unit
from lachan.orgs.plans import Decided, merging
from lachan.project import embedded, preparing
from lachan.project.bench import storm
from lachan.project.bench.recount import recount
from lachan.project.bench.rounds import OWNER, Size, found_rounds
from lachan.project.bench.site import site
from lachan.project.bench.telling import allow_test_client, machine, quantile, step, tell, worked
from lachan.project.language import chosen, speak
from lachan.reporting.actions import returns
from lachan.reporting.models import Obligation
from lachan.reporting.over_periods import over_periods
from lachan.reporting.settling import settle
from lachan.reporting.totals import totals

SIZES = (1_500, 15_000)
INDICATORS, PERIODS = 40, 36
STORM, STORM_SECONDS = 3_000, 60.0
VISIBLE_MS, TABLE_MS, PEERS_MS = 1_000, 50, 300
"""A return shows at province and nation within; a table of figures takes at p95; the gate that peers set themselves for it."""
ROUNDS = 40
ALONE = 20  # returns that come one by one
EDITS, MOVES, MERGERS = 60, 5, 3
WEB_WORKERS = 2

_ = speak(chosen((), os.environ))
TABLES = {
    "provinces": _("chỉ tiêu theo tỉnh"),
    "communes_of_a_province": _("chỉ tiêu theo xã của một tỉnh"),
    "provinces_over_periods": _("một chỉ tiêu theo tỉnh và kỳ"),
    "page_of_provinces": _("trang số liệu theo tỉnh"),
}


@click.command(
    help=_("Số liệu cả nước, 36 kỳ, 40 chỉ tiêu: 1.500 đơn vị (khoảng 3 phút), 15.000 đơn vị (10 đến 30 phút).")
)
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
@click.option("--size", "sizes", type=click.IntRange(200), multiple=True, help=_("Số đơn vị; có thể ghi nhiều lần."))
@click.option("--periods", default=PERIODS, show_default=True, type=click.IntRange(2), help=_("Số kỳ báo cáo."))
@click.option(
    "--storm", "returns", default=STORM, show_default=True, help=_("Số báo cáo gửi dồn, 50 báo cáo một giây.")
)
def rollup(*, as_json: bool, sizes: tuple[int, ...], periods: int, returns: int) -> None:
    told = {
        "machine": machine(),
        "limits_ms": {"visible": VISIBLE_MS, "table_p95": TABLE_MS, "peers": PEERS_MS},
        "sizes": [_at(Size(n, INDICATORS, periods, min(returns, n // 3))) for n in sizes or SIZES],
    }
    tell(told, _lines, as_json=as_json)


def _at(size: Size) -> dict[str, Any]:
    allow_test_client()
    now, began = datetime.now(UTC), time.monotonic()  # noqa: TID251 - a command reads the clock once
    with embedded.running():
        preparing.start_afresh(mark=OWNER)
        regime = found_rounds(size, now=now, tell=step)
        connection.close()  # durable commits from here on
        loaded = time.monotonic() - began
        found = _measured(regime, size, now)
        connection.close()
    return {
        "units": size.units,
        "values": size.units * size.indicators * size.periods,
        "load_seconds": round(loaded, 1),
        **found,
    }


def _measured(regime: Regime, size: Size, now: datetime) -> dict[str, Any]:
    campaign = regime.rounds.latest("ends_on")
    province = campaign.assignments.filter(parent=None)[3]
    found: dict[str, Any] = {"busy_before": round(os.getloadavg()[0], 1)}  # so many processes wanted a core
    step(_("Một báo cáo, tới khi thấy ở tỉnh và cả nước"))
    found["visible"] = _visible(campaign, now)
    step(_("Bảng số liệu"))
    found["tables"] = _tables(campaign, province)
    step(_("{count} báo cáo gửi dồn").format(count=size.owing - ALONE))
    found["storm"] = _storm(campaign, province, size.owing - ALONE, now)
    step(_("Cộng lại từ đầu"))
    found["recount_after_storm"] = recount(campaign)
    step(_("Sửa, miễn, chuyển và nhập đơn vị"))
    found["edits"] = _shake(campaign, now)
    step(_("Cộng lại từ đầu"))
    return found | {"recount_after_edits": recount(campaign), "busy_after": round(os.getloadavg()[0], 1)}


def _timed(times: list[float]) -> dict[str, float]:
    return {name: round(quantile(times, share), 1) for name, share in (("p50", 0.5), ("p95", 0.95), ("max", 1.0))}


def _by_clock_and_work(do: Callable[[], object], count: int) -> dict[str, float]:
    """How long it takes, and how much of that is work of ours: on a machine that does other things the two differ."""
    connection.ensure_connection()
    times, works = [], []
    for _again in range(count):
        before = worked()
        times.append(_ms(do))
        works.append(worked() - before)
    return _timed(times) | {"work_p95": round(quantile(works, 0.95), 1)}


def _ms(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _visible(campaign: Campaign, now: datetime) -> dict[str, float]:
    """Milliseconds from the end of an approval until the figures of the country and of the province that count it are read."""
    times, works = [], []
    owed = Obligation.objects.filter(form__campaign=campaign, counted=None).select_related("assignment").order_by("-pk")
    for one in owed[:ALONE]:
        top = campaign.assignments.get(unit=int(one.assignment.path.split(".")[0]))
        before = [totals(campaign, at).whole.coverage.received for at in (None, top)]
        _report(one, now)
        began, before_that = time.perf_counter(), worked()
        after = [totals(campaign, at).whole.coverage.received for at in (None, top)]
        times.append((time.perf_counter() - began) * 1000)
        works.append(worked() - before_that)
        if after != [count + 1 for count in before]:
            raise click.ClickException(_("Báo cáo đã duyệt mà chưa có trong số liệu."))
    return _timed(times) | {"work_p95": round(quantile(works, 0.95), 1)}


def _report(owed: Obligation, now: datetime) -> None:
    by = Person.objects.get(grants__unit=owed.unit_id, grants__role=Role.OFFICER)
    typed = {question.key: str((owed.pk * 13 + question.pk) % 300) for question in owed.asked()}
    version = returns.submit(owed, typed=typed, request_key=token_hex(8), by=by, now=now)
    returns.approve(version, by=by, now=now)


def _tables(campaign: Campaign, province: Assignment) -> dict[str, dict[str, float]]:
    """Milliseconds for indicators by province and by commune in one period, one indicator by province and period, and a page."""
    reader = Client()
    reader.force_login(Person.objects.get(email=OWNER))
    page = reverse("reporting:figures", args=[campaign.pk])
    code = campaign.form.questions.all()[0].code
    regime = campaign.regime
    asked: dict[str, Callable[[], object]] = {
        "provinces": lambda: totals(campaign, None),
        "communes_of_a_province": lambda: totals(campaign, province),
        "provinces_over_periods": lambda: regime and over_periods(regime, code),
        "page_of_provinces": lambda: reader.get(page).content,
    }
    found = {}
    for name, do in asked.items():
        do()
        found[name] = _by_clock_and_work(do, ROUNDS)
    return found


def _storm(campaign: Campaign, province: Assignment, count: int, now: datetime) -> dict[str, Any]:
    ready = storm.prepare(campaign, count, now)
    before = totals(campaign, None).whole.coverage.received
    rows = _rows_written()
    with site(WEB_WORKERS) as served, storm.watching(campaign, province, ready) as watch:
        seconds = storm.send_all(served, ready, seconds=count / STORM * STORM_SECONDS)
    acknowledged = [one for one in ready if one.acknowledged_at is not None]
    counted = totals(campaign, None).whole.coverage.received - before
    return {
        "returns": count,
        "seconds": round(seconds, 1),
        "acknowledged": len(acknowledged),
        "refused": sum(bool(one.refused) for one in ready),
        "counted": counted,
        "lost": len(acknowledged) - counted,
        "rows_written_per_s": round((_rows_written() - rows) / seconds),
        "acknowledged_after_ms": _timed([one.took * 1000 for one in acknowledged]),
        "visible_after_ms": _timed([lag * 1000 for lag in storm.lags(ready, watch, before)]),
        "look_ms": _timed([(look.ended - look.began) * 1000 for look in watch.looks]),
        "looks": len(watch.looks),
        "looks_that_missed_one": sum(look.counted - before < look.acknowledged for look in watch.looks),
        "most_waiting_for_a_lock": watch.most_waiting,
        "waited_for": {name: round(times / watch.samples, 3) for name, times in watch.waits.most_common()},
    }


def _rows_written() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables")
        return int(cursor.fetchone()[0])


def _shake(campaign: Campaign, now: datetime) -> dict[str, Any]:
    """Returns amended and excused, branches moved, communes merged, at random but the same at every run."""
    dice = random.Random(27)  # noqa: S311 - made-up figures
    owed = list(Obligation.objects.filter(form__campaign=campaign).select_related("assignment__campaign", "counted"))
    for debt, version in dice.sample([(one, one.counted) for one in owed if one.counted], EDITS):
        above = Unit.objects.get(pk=debt.assignment.superior_keys[-1])
        by = Person.objects.filter(grants__unit=above)[0]
        returns.send_back(version, unit=above, remark="Kiểm tra lại", by=by, now=now)
        _report(debt, now)
    owing = [debt.pk for debt in owed if debt.is_owed]
    excused = Obligation.objects.filter(pk__in=dice.sample(owing, min(EDITS, len(owing))))
    excused.update(excused_at=now, state=Obligation.State.EXCUSED)
    communes = list(campaign.assignments.filter(unit_kind="commune").select_related("unit").order_by("pk"))
    provinces = list(campaign.assignments.filter(parent=None))
    dice.shuffle(communes)
    for one in communes[:MOVES]:
        _move(one, dice.choice(provinces))
    owner = Person.objects.get(email=OWNER)
    for number, (into, *olds) in enumerate(_neighbours(communes[MOVES:])[:MERGERS]):
        decided = Decided(day=now.date(), request_key=f"bench-{number}")
        change_boundaries(merging([*olds, into], into, decided), by=owner, now=now)
    return {"amended": EDITS, "moved": MOVES, "merged": MERGERS, "settle_ms": round(_ms(lambda: settle(campaign)), 1)}


def _neighbours(communes: Iterable[Assignment]) -> list[list[Unit]]:
    """Up to three communes of one province each, where there are most first."""
    together: dict[int | None, list[Unit]] = defaultdict(list)
    for one in communes:
        together[one.parent_id].append(one.unit)
    return [units[:3] for units in sorted(together.values(), key=len, reverse=True)]


def _move(one: Assignment, under: Assignment) -> None:
    """The branch goes under another province, as a change of parents anywhere would have it."""
    campaign = one.campaign
    path = f"{under.path}{one.unit_id}."
    below = campaign.assignments.filter(path__startswith=one.path)
    below.update(path=Concat(Value(path), Substr(F("path"), len(one.path) + 1)))
    Assignment.objects.filter(pk=one.pk).update(parent=under)


def _lines(told: dict[str, Any]) -> list[str]:
    return [line for size in told["sizes"] for line in _of_size(size)]


def _of_size(size: dict[str, Any]) -> list[str]:
    storm_told, recounts = size["storm"], (size["recount_after_storm"], size["recount_after_edits"])
    lines = [
        _("{units} đơn vị, {values} giá trị; nạp {load_seconds} giây; {busy_before} việc chờ trên các lõi").format(
            **size
        ),
        _("thấy ở tỉnh và cả nước sau p95 {p95} ms, riêng xử lý {work_p95} ms (giới hạn {limit})").format(
            **size["visible"], limit=VISIBLE_MS
        ),
    ]
    for name, times in size["tables"].items():
        words = _("{name}: p95 {p95} ms, riêng xử lý {work_p95} ms (giới hạn {limit}, phần mềm khác {peers})")
        lines.append(words.format(name=TABLES[name], **times, limit=TABLE_MS, peers=PEERS_MS))
    lines += [
        _("gửi dồn {returns} báo cáo trong {seconds} giây: mất {lost}, ghi {rows_written_per_s} dòng/s").format(
            **storm_told
        ),
        _("trong lúc đó thấy sau p95 {p95} ms, nhiều nhất {max} ms").format(**storm_told["visible_after_ms"]),
        _("chờ khóa: nhiều nhất {most} phiên; {tables}").format(
            most=storm_told["most_waiting_for_a_lock"], tables=storm_told["waited_for"]
        ),
        *(
            _("cộng lại từ đầu {figures} số của {branches} nhánh: {different} khác, {seconds} giây").format(**one)
            for one in recounts
        ),
    ]
    return ["", *lines]
