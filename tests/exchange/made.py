"""A package as another installation would make it, for tests that have only one: `from made import package_from`."""

from collections.abc import Sequence
from decimal import Decimal

from cast import NOW
from scenes import Scene, words_for

from lachan.campaigns.models import Campaign
from lachan.engine import packages
from lachan.engine.packages.report import files_of
from lachan.engine.rollup import Coverage, State
from lachan.exchange import actions, own_key, packing
from lachan.orgs.models import Person, Unit
from lachan.reporting.actions import consolidating
from lachan.reporting.models import ConsolidatedReport

KEY = packages.new_key()


def known_to(unit: Unit, sender: Unit, *, by: Person) -> None:
    """`unit` registers the key of `sender`, a unit below it with an installation of its own."""
    name = sender.version_on(NOW.date()).body_name
    actions.add_partner(unit, code=sender.code, name=name, public_key=packages.public_of(KEY), by=by, now=NOW)


def package_from(sender: Unit, to: Unit, campaign: Campaign, numbers: Sequence[int | None], number: int = 1) -> bytes:
    """What three units of the branch of `sender` report for the campaign's first question; None: not reported."""
    question = campaign.form.questions.all()[0]
    given = [one for one in numbers if one is not None]
    coverage = Coverage(len(numbers), len(given), 0, 0)
    total = Decimal(sum(given))
    state = State(total, len(given), sum(one > 0 for one in given), Decimal(max(given, default=0)), coverage=coverage)
    names = [f"UBND xã {at}" for at in range(1, len(numbers) + 1)]
    lines = (
        packages.Line(str(at), name, False, 1, int(one is not None), (None if one is None else str(one),))
        for at, (name, one) in enumerate(zip(names, numbers, strict=True), start=1)
    )
    report = packages.Report(
        taken_at=NOW.isoformat(),
        expected=len(numbers),
        received=len(given),
        late=0,
        indicators=(packages.Measured.of(question.code, str(total), state),),
        lines=tuple(lines),
        missing=tuple(
            packages.Absent(name, "", NOW.isoformat(), "")
            for name, one in zip(names, numbers, strict=True)
            if one is None
        ),
    )
    name = sender.version_on(NOW.date()).body_name
    manifest = packages.Manifest(
        kind=packages.Kind.REPORT,
        id=f"goi-{number}",
        number=number,
        title="Báo cáo 12/BC-UBND: Kết quả tuyên truyền phòng, chống lừa đảo",
        made_at=NOW.isoformat(),
        sender=packages.Party(sender.code, name, packages.public_of(KEY)),
        recipient=packages.Party(to.code, to.version_on(NOW.date()).body_name, own_key.public_key()),
        request=packages.Request(campaign.letter.full_symbol, str(campaign.letter.dated_on), "Kế hoạch"),
    )
    files = {**files_of(report, packing.form_of(campaign.form)), "report.pdf": b"%PDF-1.7"}
    return packages.seal(manifest, files, KEY)


def report_sent_up(scene: Scene) -> ConsolidatedReport:
    """The owner's consolidated report of the moment."""
    made = consolidating.consolidate(
        scene.campaign,
        top=None,
        words=words_for(scene.campaign, None),
        request_key="one",
        by=scene.coordinator,
        now=NOW,
    )
    return consolidating.send_up(made, by=scene.coordinator, now=NOW)
