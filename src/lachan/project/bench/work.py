"""What else goes on in the made-up province, so that each page of staff has something to show: drafts, a signing, a list."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle

from django.db import connection
from PIL import Image

from lachan.activities import actions as activities
from lachan.activities import photos
from lachan.activities.models import Activity
from lachan.api.actions.webhooks import WebhookDraft, make_webhook
from lachan.api.models import Event
from lachan.campaigns.models import Campaign
from lachan.engine import packages
from lachan.engine.periods import Counting, Rhythm, cut_offs
from lachan.exchange import actions as exchange
from lachan.exchange import crossing
from lachan.exchange.models import TakenEnvelope
from lachan.exchange.models.envelopes import Status
from lachan.letters import drafting, numbering, signing
from lachan.letters.actions import Content, Heading
from lachan.letters.receiving import Source, receive
from lachan.orgs.actions import Founding, change_boundaries, found_units, grant_role, listing
from lachan.orgs.models import Grant, Person, Role
from lachan.orgs.plans import Decided, splitting
from lachan.project.bench.province import Measured
from lachan.project.sample.letter import coming_dates, next_letter_docx
from lachan.reporting.actions import locking, on_paper, regimes, returns
from lachan.reporting.actions.consolidating import Words, consolidate, send_up
from lachan.reporting.actions.drafting import gather
from lachan.reporting.letterhead import letterhead, wording
from lachan.reporting.models import ConsolidatedReport, LockPlea

CHANNELS = ("talk", "loudspeaker", "leaflet", "chat-group")
A_UNIT = 3  # activities of each unit
UNIT_LIST = "Mã đơn vị;Tên đơn vị;Loại đơn vị\n" + "".join(f"T{n};Thôn {n};thôn\n" for n in range(200))


def leave_work(province: Measured, now: datetime) -> None:
    """One of everything at work, of the campaign's owner where it can be; activities of every unit; a branch without people."""
    _activities(province, now)
    _on_paper(province, now)
    _report(province, now)
    _letters(province, now)
    _over_the_exchange(province, now)
    _list(province, now)
    _divided(province, now)
    _regime(province, now)
    locking.set_rules(
        province.campaign, rules=locking.Rules(at=now + timedelta(days=365)), by=province.coordinator, now=now
    )
    _asked_for(province, now)
    number = province.leaf.obligation.questions.first()
    typed = {number.key: "12"} if number else {}
    returns.save_draft(province.leaf.obligation, typed=typed, by=province.leaf_officer, now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _activities(province: Measured, now: datetime) -> None:
    """Most as bare rows; one, the newest, as it is recorded from a phone, with a photo."""
    Activity.objects.bulk_create(_rows(province.campaign, province.coordinator, now), batch_size=2000)
    unit, by = province.leaf.unit, province.leaf_officer
    photos.keep(unit, request_key="with-photo", data=_photo(), by=by, now=now)
    facts = activities.Facts("talk", now.date(), "Nói chuyện ở thôn Trung", audience=80)
    activities.record(unit, campaign=province.campaign, facts=facts, request_key="with-photo", by=by, now=now)


def _rows(campaign: Campaign, by: Person, now: datetime) -> Iterator[Activity]:
    channels = cycle(CHANNELS)
    for unit in campaign.assignments.order_by("pk").values_list("unit_id", flat=True):
        for number in range(A_UNIT):
            yield Activity(
                unit_id=unit,
                campaign=campaign,
                channel=next(channels),
                what=f"Tuyên truyền lần {number}",
                done_on=now.date() - timedelta(days=1 + number),
                audience=50 + unit % 90,
                request_key=f"row-{number}",
                recorded_by=by,
                recorded_at=now,
            )


def _photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (11, 95, 107)).save(out, "JPEG")
    return out.getvalue()


def _on_paper(province: Measured, now: datetime) -> None:
    """The units of the last branch have no people: their letters go by mail and on paper, and one has sent its receipt back."""
    last = province.campaign.assignments.filter(parent=None).select_related("unit").order_by("-pk")[0]
    Grant.objects.filter(unit__in=last.children.values("unit")).delete()
    officer = Grant.objects.get(unit=last.unit, role=Role.OFFICER).person
    sheet = on_paper.Sheet(now.date(), "Nguyễn Văn Ba", _photo(), "giay.jpg")
    on_paper.receive(last.children.all()[0], sheet=sheet, by=officer, now=now)


def _report(province: Measured, now: datetime) -> None:
    """The owner's consolidated report: gathered into a draft, and issued once."""
    campaign, by = province.campaign, province.coordinator
    gather(campaign, None, by=by, now=now)
    day = now.date()
    head = letterhead(campaign.owner, day)
    said = wording(campaign, None, head.name, day)
    heading = head.heading("báo cáo", said.abstract, day)
    words = Words(heading, Content(recipients=[said.recipient], body=said.opening), said.closing)
    report = consolidate(campaign, top=None, words=words, request_key="bench", by=by, now=now)
    _packages(province, send_up(report, by=by, now=now), now)


def _packages(province: Measured, report: ConsolidatedReport, now: datetime) -> None:
    """The report packed for a ministry; and a package that came in from one of the branches."""
    owner, by, branch, key = province.campaign.owner, province.coordinator, province.branch, packages.new_key()
    above = exchange.add_partner(
        owner, code="BO", name="Bộ Đo Lường", public_key=packages.public_of(packages.new_key()), by=by, now=now
    )
    sent = exchange.pack(report, partner=above, by=by, now=now)
    below = packages.Party(branch.unit.code, branch.unit_name, packages.public_of(key))
    exchange.add_partner(owner, code=below.code, name=below.name, public_key=below.key, by=by, now=now)
    with sent.file.open("rb") as file:
        opened = packages.open_package(file.read())
    to = replace(opened.manifest.sender, code=owner.code)
    data = packages.seal(replace(opened.manifest, sender=below, recipient=to, files=()), opened.files, key)
    exchange.take(exchange.verify(owner, data), data, by=by, now=now)


def _letters(province: Measured, now: datetime) -> None:
    """One to set a campaign up from, a draft with an annex, one before its signers, a number kept."""
    owner, by = province.campaign.owner, province.coordinator
    receive(holder=owner, source=Source(next_letter_docx(coming_dates(now)), "Cong van.docx"), by=by, now=now)
    heading = Heading(
        doc_type="công văn",
        issuer="UBND TỈNH ĐO LƯỜNG",
        issuer_parent="",
        symbol="UBND-VX",
        place="Đo Lường",
        abstract="tăng cường phòng, chống lừa đảo trực tuyến",
        signer_name="Lê Văn Bảy",
        signer_title="CHỦ TỊCH",
        dated_on=now.date(),
    )
    content = Content(recipients=["UBND các xã"], body="Đề nghị các đơn vị thực hiện.", copies=["Lưu: VT"])
    to_sign, draft = (
        drafting.begin(holder=owner, heading=one, content=content, refers_to=None, by=by, now=now)
        for one in (heading, replace(heading, abstract="báo cáo kết quả"))
    )
    signing.begin(to_sign, by=by, now=now)
    for more in (
        {"text": "Xã\tSố buổi\nBến 1\t3"},
        {"source": Source(next_letter_docx(coming_dates(now)), "Mau.docx")},
    ):
        drafting.add_annex(draft, title="Số liệu", **more, by=by, now=now)
    numbering.reserve(owner, day=now.date(), purpose="Công văn về kinh phí", wished=None, by=by, now=now)


def _divided(province: Measured, now: datetime) -> None:
    """A commune beside those of the campaign, divided between two others; somebody's role there waits for a decision."""
    owner, by = province.campaign.owner, province.coordinator
    names = ("Xã Bến Cũ", "Xã Bến Đông", "Xã Bến Tây")
    foundings = [Founding(code=f"98-{n}", name=name, kind="commune", parent=owner) for n, name in enumerate(names)]
    old, *parts = found_units(foundings, by=by, now=now)
    grant_role(province.leaf_officer, Role.COLLABORATOR, old, by=by, now=now)
    decided = Decided(day=now.date(), request_key="bench")
    change_boundaries(splitting(old, dict.fromkeys(parts), decided), by=by, now=now)


def _asked_for(province: Measured, now: datetime) -> None:
    """A plea to be let through a lock waits, and another system is told what happens at the owner."""
    LockPlea.objects.create(
        assignment=province.leaf,
        because="Mất điện ba ngày",
        until=now + timedelta(days=7),
        asked_by=province.leaf_officer,
        asked_at=now,
        request_key="bench",
    )
    draft = WebhookDraft("https://nhan.example.vn/tin", Event.values)
    make_webhook(province.campaign.owner, draft=draft, request_key="bench", by=province.coordinator, now=now)


def _over_the_exchange(province: Measured, now: datetime) -> None:
    """The campaign's letter came over the exchange of agencies, and its sender was told so."""
    letter = province.campaign.letter
    codes = {"own_code": "H99", "from_code": "G09", "from_name": "Bộ Đo Lường"}
    taken = TakenEnvelope.objects.create(unit=letter.holder, exchange_id="bench", letter=letter, taken_at=now, **codes)
    for status in (Status.ARRIVED, Status.ACCEPTED):
        crossing.say(taken, status, "", now)


def _list(province: Measured, now: datetime) -> None:
    """A list of hamlets, judged and not yet written."""
    brought, _new = listing.bring_list(
        root=province.branch.unit,
        data=UNIT_LIST.encode(),
        name="thon.csv",
        applies_on=now.date(),
        by=province.coordinator,
        now=now,
    )
    listing.judge_list(brought)


def _regime(province: Measured, now: datetime) -> None:
    """A monthly report of one branch's own unit, in force."""
    version = province.branch.unit.version_on(now.date())
    draft = regimes.RegimeDraft(
        name="Báo cáo tháng",
        rhythm=Rhythm.MONTH,
        last_day=cut_offs()[Rhythm.MONTH],
        counting=Counting.WORKING_DAYS,
        number=3,
        opens_days=31,
        newcomers=True,
        kinds=[version.kind],
        groups=[],
        within=[province.branch.unit],
        but=[],
    )
    made = regimes.prescribe(province.campaign, draft=draft, by=province.coordinator, now=now)
    regimes.switch_on(made, by=province.coordinator, now=now)
