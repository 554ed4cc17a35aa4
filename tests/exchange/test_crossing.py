"""Letters between a ministry and a province over an exchange: the simulator, spoken to over HTTP, each with its own database."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest
from cast import NOW
from installations import Installation

from lachan.campaigns.models import Campaign
from lachan.engine import edxml
from lachan.exchange import crossing, progress
from lachan.exchange.axis import Exchange
from lachan.exchange.models import AgencyCode, Answer, SentEnvelope, TakenEnvelope
from lachan.exchange.models.envelopes import Status
from lachan.foundation.refused import Refused
from lachan.letters import actions as letters
from lachan.letters import numbering
from lachan.letters.models import Letter
from lachan.orgs.models import Unit
from lachan.project.exchange_simulator import simulator

Two = tuple[Installation, Installation]
HEADING = letters.Heading(
    doc_type="công văn",
    issuer="BỘ THÔNG TIN VÀ TRUYỀN THÔNG",
    issuer_parent="",
    symbol="BTTTT-CATTT",
    place="Hà Nội",
    abstract="tuyên truyền phòng, chống lừa đảo trực tuyến",
    signer_name="Nguyễn Văn A",
    signer_title="BỘ TRƯỞNG",
    dated_on=NOW.date(),
)


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with simulator() as service:
        Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield Exchange(f"http://127.0.0.1:{service.server_port}")
        service.shutdown()


@pytest.fixture
def coded(two: Two) -> Two:
    """Each knows both codes, and takes in what is for its own."""
    province, ministry = two
    for it, code, other in ((province, "H99", "G09"), (ministry, "G09", "H99")):
        with it.open():
            crossing.set_code(it.unit, code, receives=True, by=it.person, now=NOW)
            far = Unit.objects.filter(code="99").exclude(pk=it.unit.pk).first() or it.cast.education
            crossing.set_code(far, other, receives=False, by=it.person, now=NOW)
    return two


def issued(ministry: Installation, abstract: str = HEADING.abstract) -> Letter:
    content = letters.Content(body="Đề nghị các tỉnh thực hiện.", recipients=["UBND các tỉnh"])
    heading = replace(HEADING, abstract=abstract)
    return letters.issue(
        holder=ministry.unit, heading=heading, content=content, refers_to=None, by=ministry.person, now=NOW
    )


def sent(ministry: Installation, exchange: Exchange, **more: Letter) -> SentEnvelope:
    """A new letter to the province, or one that replaces another, handed to the exchange."""
    [one] = crossing.post(
        issued(ministry, **({"abstract": "thay thế"} if more else {})),
        [Unit.objects.get(code="99")],
        **more,
        by=ministry.person,
        now=NOW,
    )
    crossing.send_waiting(exchange, now=NOW)
    one.refresh_from_db()
    return one


def a_minute_passes(it: Installation, exchange: Exchange) -> None:
    """What the worker does."""
    with it.open():
        crossing.send_waiting(exchange, now=NOW)
        crossing.fetch(exchange, now=NOW)
        crossing.send_waiting(exchange, now=NOW)
        crossing.hear(exchange, now=NOW)


def test_a_letter_comes_into_the_book_of_the_other_side_which_says_so(coded: Two, exchange: Exchange) -> None:
    province, ministry = coded
    with ministry.open():
        one = sent(ministry, exchange)
        assert one.state == SentEnvelope.State.SENT
    a_minute_passes(province, exchange)
    with province.open():
        letter = TakenEnvelope.objects.get().letter
        assert letter is not None
        assert (letter.full_symbol, letter.dated_on) == ("01/BTTTT-CATTT", NOW.date())
        assert letter.holder == province.unit
        assert letter.arrivals.get().number == 1
    a_minute_passes(ministry, exchange)
    with ministry.open():
        one.refresh_from_db()
        assert (one.status, one.status_note) == ("03", "Số đến 1")


def test_each_step_again_changes_nothing(coded: Two, exchange: Exchange) -> None:
    province, ministry = coded
    with ministry.open():
        one = sent(ministry, exchange)
        assert crossing.post(one.letter, [one.to.unit], by=ministry.person, now=NOW) == [one]
        with one.file.open("rb") as file:
            data = file.read()
        assert exchange.send(data) == exchange.send(data)
    for _again in range(2):
        a_minute_passes(province, exchange)
    with province.open():
        taken = TakenEnvelope.objects.get()
        code = AgencyCode.objects.get(receives=True)
        assert crossing.take_in(data, taken.exchange_id, code=code, now=NOW) == taken
        assert (Letter.objects.filter(direction="received", symbol="BTTTT-CATTT").count(), Answer.objects.count()) == (
            1,
            2,
        )
    for _again in range(2):
        a_minute_passes(ministry, exchange)


def test_while_the_exchange_is_away_the_letter_waits(coded: Two) -> None:
    _province, ministry = coded
    with ministry.open():
        one = sent(ministry, Exchange("http://127.0.0.1:9"))
        assert (one.state, one.tries) == (SentEnvelope.State.WAITING, 1)
        assert one.next_try_at > NOW


def test_what_the_exchange_will_not_have_is_not_sent_again(coded: Two, exchange: Exchange) -> None:
    _province, ministry = coded
    with ministry.open():
        [one] = crossing.post(issued(ministry), [Unit.objects.get(code="99")], by=ministry.person, now=NOW)
        with one.file.storage.open(one.file.name, "wb") as file:
            file.write(b"<x/>")
        crossing.send_waiting(exchange, now=NOW)
        one.refresh_from_db()
        assert (one.state, "422" in one.trouble) == (SentEnvelope.State.FAILED, True)


def test_a_letter_is_recalled_while_nothing_was_made_of_it(coded: Two, exchange: Exchange) -> None:
    province, ministry = coded
    with ministry.open():
        one = sent(ministry, exchange)
    a_minute_passes(province, exchange)
    with ministry.open():
        [asked] = crossing.recall(one.letter, because="Sai phụ lục", by=ministry.person, now=NOW)
        assert crossing.recall(one.letter, because="Sai phụ lục", by=ministry.person, now=NOW) == [asked]
    a_minute_passes(ministry, exchange)
    a_minute_passes(province, exchange)
    with province.open():
        letter = TakenEnvelope.objects.exclude(letter=None).get().letter
        assert letter is not None
        assert letter.state == Letter.State.CANCELLED
        assert "Sai phụ lục" in letter.cancelled_because
    a_minute_passes(ministry, exchange)
    with ministry.open():
        asked.refresh_from_db()
        one.refresh_from_db()
        assert (asked.status, one.status) == ("15", "03")


@pytest.mark.parametrize(("is_under_way", "answer"), [(False, "15"), (True, "16")])
def test_a_letter_is_asked_back_by_a_status_too(
    coded: Two, exchange: Exchange, is_under_way: bool, answer: str
) -> None:
    one, (province, _ministry) = taken_in(coded, exchange), coded
    asked = edxml.StatusMessage(
        one.document_id,
        edxml.Agency("G09", "Bộ"),
        "H99",
        edxml.Status.RECALL_REQUESTED,
        NOW.replace(tzinfo=None),
        "Sai",
    )
    with province.open():
        letter = Letter.objects.get(came_in__isnull=False)
        if is_under_way:
            Campaign.objects.create(
                letter=letter, owner=province.unit, name="Từ văn bản", created_by=province.person, created_at=NOW
            )
        exchange.tell(edxml.write_status(asked))
    for _again in range(2):
        a_minute_passes(province, exchange)
    with province.open():
        letter.refresh_from_db()
        assert (letter.state == Letter.State.CANCELLED) is not is_under_way
        told = Answer.objects.exclude(status__in=("01", "03")).get()
        assert (told.status, told.state) == (answer, Answer.State.SENT)


def test_a_letter_that_became_a_campaign_stays(coded: Two, exchange: Exchange) -> None:
    province, ministry = coded
    with ministry.open():
        one = sent(ministry, exchange)
    a_minute_passes(province, exchange)
    with province.open():
        letter = TakenEnvelope.objects.get().letter
        Campaign.objects.create(
            letter=letter, owner=province.unit, name="Từ văn bản", created_by=province.person, created_at=NOW
        )
    with ministry.open():
        [asked] = crossing.recall(one.letter, because="Sai", by=ministry.person, now=NOW)
    for it in (ministry, province, ministry):
        a_minute_passes(it, exchange)
    with ministry.open():
        asked.refresh_from_db()
        assert (asked.status, asked.status_note) == ("16", "Văn bản đã được triển khai tại nơi nhận.")


def test_a_letter_takes_the_place_of_another(coded: Two, exchange: Exchange) -> None:
    province, ministry = coded
    with ministry.open():
        first = sent(ministry, exchange)
    a_minute_passes(province, exchange)
    with ministry.open():
        second = sent(ministry, exchange, replaces=first.letter)
    a_minute_passes(province, exchange)
    with province.open():
        states = [one.letter.state for one in TakenEnvelope.objects.all() if one.letter]
        assert states == [Letter.State.CANCELLED, Letter.State.READ]
    a_minute_passes(ministry, exchange)
    with ministry.open():
        second.refresh_from_db()
        assert second.status == "15"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ((), "không có tệp"),
        ((edxml.Attachment("a.pdf", b"MZ\x90 exe"),), "Loại tệp này chưa đọc được"),
        ((edxml.Attachment("a.txt", "Kính gửi: các sở".encode()), edxml.Attachment("b.pdf", b"MZ")), "“b.pdf”"),
    ],
    ids=["none", "a program", "a program beside the letter"],
)
def test_files_are_judged_by_what_is_in_them_and_nothing_is_kept_of_a_refused_one(
    coded: Two, files: tuple[edxml.Attachment, ...], why: str
) -> None:
    province, ministry = coded
    with ministry.open():
        [one] = crossing.post(issued(ministry), [Unit.objects.get(code="99")], by=ministry.person, now=NOW)
        with one.file.open("rb") as file:
            whole = replace(edxml.read(file.read()), attachments=files)
    with province.open():
        before = Letter.objects.count()
        code = AgencyCode.objects.get(receives=True)
        taken = crossing.take_in(edxml.write(whole), "x", code=code, now=NOW)
        assert Letter.objects.count() == before
        assert [answer.status for answer in taken.answers.all()] == ["01", "02"]
        assert why in taken.answers.get(status="02").note


def taken_in(coded: Two, exchange: Exchange) -> SentEnvelope:
    """A letter of the ministry that has come into the province's book."""
    province, ministry = coded
    with ministry.open():
        one = sent(ministry, exchange)
    a_minute_passes(province, exchange)
    return one


def told_of(one: SentEnvelope, coded: Two, exchange: Exchange) -> tuple[str, str]:
    """What the ministry knows after both workers ran."""
    province, ministry = coded
    with province.open():
        progress.tell_what_was_done(now=NOW)
    for it in (province, ministry):
        a_minute_passes(it, exchange)
    with ministry.open():
        one.refresh_from_db()
        return one.status, one.status_note


def test_the_sender_hears_how_the_work_goes(coded: Two, exchange: Exchange) -> None:
    one, (province, _ministry) = taken_in(coded, exchange), coded
    with province.open():
        letter = Letter.objects.get(came_in__isnull=False)
        arrival = letter.arrivals.get()
        facts = {"arrived_on": arrival.arrived_on, "handled_by": "Phòng Văn hóa", "note": ""}
        numbering.correct_arrival(arrival, **facts, by=province.person, now=NOW)
    assert told_of(one, coded, exchange) == ("04", "Phòng Văn hóa")
    with province.open():
        campaign = Campaign.objects.create(
            letter=letter, owner=province.unit, name="Từ văn bản", created_by=province.person, created_at=NOW
        )
    assert told_of(one, coded, exchange)[0] == "04"
    for state, status in ((Campaign.State.RUNNING, "05"), (Campaign.State.CLOSED, "06")):
        with province.open():
            Campaign.objects.filter(pk=campaign.pk).update(state=state)
        assert told_of(one, coded, exchange)[0] == status
    with province.open():
        assert progress.tell_what_was_done(now=NOW) == 0


def test_a_person_tells_that_it_is_done_and_nothing_behind_that(coded: Two, exchange: Exchange) -> None:
    one, (province, _ministry) = taken_in(coded, exchange), coded
    with province.open():
        letter = Letter.objects.get(came_in__isnull=False)
        for _again in range(2):
            progress.tell(letter, Status.FINISHED, note="Văn bản 12/UBND", by=province.person, now=NOW)
        with pytest.raises(Refused, match="bước sau"):
            progress.tell(letter, Status.IN_PROGRESS, note="", by=province.person, now=NOW)
    assert told_of(one, coded, exchange) == ("06", "Văn bản 12/UBND")


def test_of_a_letter_taken_back_nothing_more_is_told(coded: Two, exchange: Exchange) -> None:
    one, (province, ministry) = taken_in(coded, exchange), coded
    with ministry.open():
        crossing.recall(one.letter, because="Sai", by=ministry.person, now=NOW)
    a_minute_passes(ministry, exchange)
    a_minute_passes(province, exchange)
    with province.open():
        letter = Letter.objects.get(came_in__isnull=False)
        assert progress.steps_left(letter) == []
        with pytest.raises(Refused, match="thu hồi"):
            progress.tell(letter, Status.FINISHED, note="", by=province.person, now=NOW)


def test_what_is_no_envelope_is_noted_and_left(coded: Two) -> None:
    province, _ministry = coded
    with province.open():
        taken = crossing.take_in(b"<x/>", "x", code=AgencyCode.objects.get(receives=True), now=NOW)
        assert (taken.letter, taken.answers.count()) == (None, 0)


def test_a_letter_goes_only_to_units_with_a_code(coded: Two) -> None:
    _province, ministry = coded
    with ministry.open(), pytest.raises(Refused, match="Chưa có mã định danh của: Tỉnh Núi Hồng"):
        crossing.post(issued(ministry), [Unit.objects.get(code="98")], by=ministry.person, now=NOW)


def test_a_code_is_of_one_unit_and_written_as_codes_are(coded: Two) -> None:
    _province, ministry = coded
    with ministry.open():
        other = Unit.objects.get(code="98")
        for code in ("H99", "không", ""):
            with pytest.raises(Refused):
                crossing.set_code(other, code, receives=False, by=ministry.person, now=NOW)
