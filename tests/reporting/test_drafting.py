"""A consolidated report being written: passages with their sources, what was sent, and what changed after."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from cascades import DUE, a_campaign, of
from cast import NOW, hire, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scenes import Scene, words_for

from lachan.campaigns.models import Campaign
from lachan.foundation.refused import Refused
from lachan.orgs.models import Role, Unit
from lachan.reporting.actions import drafting, returns
from lachan.reporting.actions.consolidating import consolidate, send_up
from lachan.reporting.later import Later, since
from lachan.reporting.models import ConsolidatedReport, Passage, ReportDraft, Return
from lachan.reporting.snapshot import Snapshot
from lachan.reporting.taking import body, take

AFTER = DUE + timedelta(days=1)


def says(scene: Scene, unit: Unit, words: str, number: int = 5) -> Return:
    now = NOW + timedelta(minutes=scene.owed(unit).returns.count())
    typed = scene.typed(number, words)
    version = returns.submit(scene.owed(unit), typed=typed, request_key=f"{now}", by=scene.officer, now=now)
    returns.approve(version, by=scene.head, now=now)
    return version


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Two communes want nearly the same, the newspaper two other things, education nothing."""
    says(scene, scene.cast.commune, "Đề nghị cấp kinh phí cho Tổ công nghệ số cộng đồng.")
    says(scene, scene.cast.township, "đề nghị cấp thêm kinh phí cho tổ công nghệ số cộng đồng")
    says(scene, scene.cast.press, "- Cần tài liệu tiếng dân tộc;\n- Loa hỏng ở nhiều thôn.")
    says(scene, scene.cast.education, "Không có.")
    return scene


def draft_of(scene: Scene) -> ReportDraft:
    return drafting.gather(scene.campaign, None, by=scene.coordinator, now=AFTER)


def texts(draft: ReportDraft) -> dict[str, int]:
    return dict(draft.passages.values_list("text", "units"))


def find(draft: ReportDraft, word: str) -> Passage:
    return draft.passages.get(text__icontains=word)


def reworded(scene: Scene, passage: Passage, text: str) -> Passage:
    return drafting.reword(passage, text=text, revision=passage.revision, by=scene.coordinator, now=AFTER)


def test_near_identical_proposals_stand_together_with_how_many_units_say_them(told: Scene) -> None:
    found = texts(draft_of(told))
    assert sorted(found.values()) == [1, 1, 2]
    assert found["Cần tài liệu tiếng dân tộc"] == 1


def test_reworded_passages_keep_their_sources_through_joining_and_gathering_again(told: Scene) -> None:
    draft = draft_of(told)
    money = reworded(told, find(draft, "kinh phí"), "Bố trí kinh phí hoạt động cho các tổ.")
    joined = drafting.join([money, find(draft, "Loa hỏng")], by=told.coordinator, now=AFTER)
    says(told, told.cast.other_commune, "Đề nghị cấp kinh phí cho tổ công nghệ số cộng đồng!")
    draft_of(told)
    joined.refresh_from_db()
    assert joined.text == "Bố trí kinh phí hoạt động cho các tổ."
    assert joined.units == 4
    wrote = set(joined.sources.values_list("text", flat=True))
    assert "Loa hỏng ở nhiều thôn." in wrote
    assert "Đề nghị cấp kinh phí cho tổ công nghệ số cộng đồng!" in wrote


def test_a_source_taken_out_stays_out_when_gathered_again(told: Scene) -> None:
    draft = draft_of(told)
    money = find(draft, "kinh phí")
    alone = drafting.part(money.sources.all()[1], by=told.coordinator, now=AFTER)
    draft_of(told)
    assert [Passage.objects.get(pk=one.pk).units for one in (money, alone)] == [1, 1]


def test_the_last_source_of_a_passage_is_not_taken_out(told: Scene) -> None:
    only = find(draft_of(told), "Loa hỏng").sources.get()
    with pytest.raises(Refused, match="chỉ có một đơn vị"):
        drafting.part(only, by=told.coordinator, now=AFTER)


def test_what_a_unit_no_longer_says_leaves_but_reworded_text_is_kept(told: Scene) -> None:
    draft = draft_of(told)
    reworded(told, find(draft, "Loa hỏng"), "Sửa chữa hệ thống loa.")
    version = told.owed(told.cast.press).counted
    assert version is not None
    returns.send_back(version, unit=told.cast.department, remark="Rà soát lại.", by=told.coordinator, now=AFTER)
    found = texts(draft_of(told))
    assert "Cần tài liệu tiếng dân tộc" not in found
    assert found["Sửa chữa hệ thống loa."] == 0


def test_a_new_version_with_the_same_words_keeps_its_place(told: Scene) -> None:
    draft = draft_of(told)
    passage = reworded(told, find(draft, "kinh phí"), "Bố trí kinh phí.")
    version = told.owed(told.cast.commune).counted
    assert version is not None
    returns.send_back(version, unit=told.cast.district, remark="x", by=told.coordinator, now=AFTER)
    newer = says(told, told.cast.commune, "Đề nghị cấp kinh phí cho Tổ công nghệ số cộng đồng.", number=9)
    draft_of(told)
    assert newer.pk in set(passage.sources.values_list("version", flat=True))
    assert Passage.objects.get(pk=passage.pk).units == 2


def test_gathering_twice_changes_nothing(told: Scene) -> None:
    def state() -> list[tuple[object, ...]]:
        return list(Passage.objects.order_by("pk").values_list("pk", "text", "units", "place", "revision", "sources"))

    draft_of(told)
    before = state()
    draft_of(told)
    assert state() == before


def test_two_who_reword_at_once_do_not_overwrite_each_other(told: Scene) -> None:
    passage = find(draft_of(told), "Loa hỏng")
    reworded(told, passage, "Sửa loa.")
    with pytest.raises(drafting.Overtaken, match="vừa sửa ý này"):
        drafting.reword(passage, text="Thay loa.", revision=1, by=told.coordinator, now=AFTER)
    assert Passage.objects.get(pk=passage.pk).text == "Sửa loa."


def test_the_report_says_passages_as_worded_and_placed_with_their_units(told: Scene) -> None:
    draft = draft_of(told)
    reworded(told, find(draft, "kinh phí"), "Bố trí kinh phí cho các tổ.")
    drafting.put(find(draft, "Loa hỏng"), where=Passage.Place.OUT, by=told.coordinator, now=AFTER)
    drafting.put(find(draft, "tiếng dân tộc"), where=Passage.Place.ANNEX, by=told.coordinator, now=AFTER)
    (topic,) = take(told.campaign, None, now=AFTER, draft=draft).topics
    assert [(one.text, one.count, one.in_body) for one in topic.opinions] == [
        ("Bố trí kinh phí cho các tổ.", 2, True),
        ("Cần tài liệu tiếng dân tộc", 1, False),
    ]
    assert topic.opinions[0].units == ["UBND xã Gò Cao", "UBND thị trấn Bến Đá"]
    assert topic.nothing == 1
    versions = {(one.obligation_id, one.number) for one in Return.objects.all()}
    assert {tuple(source) for one in topic.opinions for source in one.sources} <= versions


def test_the_body_alone_says_the_same_as_the_whole(told: Scene) -> None:
    draft = draft_of(told)
    whole, quick = take(told.campaign, None, now=AFTER, draft=draft), body(told.campaign, None, now=AFTER, draft=draft)
    assert quick.indicators == whole.indicators
    assert quick.kinds == whole.kinds
    assert (quick.expected, quick.received, quick.late) == (whole.expected, whole.received, whole.late)
    assert [o.text for o in quick.topics[0].opinions] == [o.text for o in whole.topics[0].opinions]
    assert [o.units for o in quick.topics[0].opinions] == [o.units for o in whole.topics[0].opinions]


@pytest.fixture
def earlier(told: Scene) -> Campaign:
    """A campaign of the same owner before this one, to which the newspaper reported 200."""
    campaign = a_campaign(told.cast.department, [told.cast.press], by=told.coordinator)
    Campaign.objects.filter(pk=campaign.pk).update(started_at=NOW - timedelta(days=300), name="Chiến dịch năm 2024")
    owed = of(told.cast.press, campaign).obligation
    number = campaign.form.questions.first()
    assert number is not None
    version = returns.submit(owed, typed={number.key: "200"}, request_key="e", by=told.officer, now=NOW)
    returns.approve(version, by=told.head, now=NOW)
    campaign.refresh_from_db()
    return campaign


def test_figures_stand_beside_those_of_the_campaign_before(told: Scene, earlier: Campaign) -> None:
    draft = draft_of(told)
    drafting.keep_words(draft, words={}, compared_with=earlier, by=told.coordinator, now=AFTER)
    comparison = take(told.campaign, None, now=AFTER, draft=draft).comparison
    assert comparison is not None
    assert (comparison.name, comparison.received, comparison.expected) == ("Chiến dịch năm 2024", 1, 1)
    assert [(row.text, row.before, row.now) for row in comparison.rows] == [("Số buổi tuyên truyền", "200", "20")]


def issued(scene: Scene, key: str = "one") -> ConsolidatedReport:
    draft_of(scene)
    words = words_for(scene.campaign, None)
    return consolidate(scene.campaign, top=None, words=words, request_key=key, by=scene.coordinator, now=AFTER)


def later(report: ConsolidatedReport) -> Later:
    report.refresh_from_db()
    return since(report, None, Snapshot.from_json(report.figures))


def test_nothing_has_changed_right_after_it_is_issued(told: Scene) -> None:
    assert not later(issued(told))


def test_what_comes_after_shows_and_the_report_stays(told: Scene) -> None:
    report = issued(told)
    frozen = report.figures
    says(told, told.cast.other_commune, "Thêm loa.", number=7)
    version = told.owed(told.cast.press).counted
    assert version is not None
    later_on = AFTER + timedelta(minutes=1)
    returns.send_back(version, unit=told.cast.department, remark="x", by=told.coordinator, now=later_on)
    found = later(report)
    assert [(one.was, one.now) for one in found.moved] == [(20, 22)]
    assert [one.obligation.unit for one in found.came] == [told.cast.other_commune]
    assert [(one.unit, one.shifts[0].was, one.shifts[0].now) for one in found.changes] == [("Báo Sông Lam", 5, None)]
    assert report.figures == frozen


def test_sending_up_is_noted_once(told: Scene) -> None:
    report = issued(told)
    sent = send_up(report, by=told.coordinator, now=AFTER)
    again = send_up(report, by=told.coordinator, now=AFTER + timedelta(days=1))
    assert sent.sent_at == again.sent_at == AFTER


def test_a_districts_report_is_handed_to_whoever_gave_it_the_work(told: Scene) -> None:
    top = of(told.cast.district, told.campaign)
    report = consolidate(
        told.campaign,
        top=top,
        words=words_for(told.campaign, top),
        request_key="d",
        by=told.district_officer,
        now=AFTER,
    )
    send_up(report, by=told.district_officer, now=AFTER)
    assert list(report.letter.sent_to.all()) == [told.cast.department]


def address(scene: Scene, rest: str) -> str:
    return f"/chien-dich/{scene.campaign.pk}/tong-hop/0/{rest}"


def test_passages_are_reworded_in_place_and_a_page_overtaken_keeps_what_was_typed(told: Scene) -> None:
    passage = find(draft_of(told), "Loa hỏng")
    client, where = signed_in_as(told.coordinator), address(told, f"y-kien/{told.words.pk}/")
    posted = {"do": f"reword:{passage.pk}", f"text-{passage.pk}": "Sửa loa.", f"revision-{passage.pk}": "1"}
    assert client.post(where, posted).status_code == 302
    answer = client.post(where, posted | {f"text-{passage.pk}": "Thay loa mới."})
    assert answer.status_code == 409
    assert "Thay loa mới." in answer.content.decode()
    assert Passage.objects.get(pk=passage.pk).text == "Sửa loa."


def test_only_the_units_own_people_write_its_draft(told: Scene) -> None:
    draft_of(told)
    stranger = signed_in_as(hire("Khoa", (Role.OFFICER, told.cast.ward)))
    for rest in ("lap/", "xem-truoc/", f"y-kien/{told.words.pk}/", f"y/{Passage.objects.all()[0].pk}/"):
        assert stranger.get(address(told, rest)).status_code == 404
        assert signed_in_as(told.coordinator).get(address(told, rest)).status_code == 200


@pytest.fixture
def queries(told: Scene) -> Callable[[str], int]:
    client = signed_in_as(told.coordinator)

    def count(rest: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(told, rest)).status_code == 200
        return len(captured)

    return count


@pytest.mark.parametrize("rest", ["lap/", "xem-truoc/", "y-kien/{words}/"])
def test_the_number_of_queries_does_not_grow_with_what_units_wrote(
    told: Scene, queries: Callable[[str], int], rest: str
) -> None:
    rest = rest.format(words=told.words.pk)
    draft_of(told)
    queries(rest)
    before = queries(rest)
    says(told, told.cast.other_commune, "Một.\nHai việc khác.\nBa chuyện nữa.")
    says(told, told.cast.district, "Cần thêm người.\nCần thêm xe.")
    draft_of(told)
    queries(rest)  # who looks first after a change settles it
    assert queries(rest) == before


def test_a_passage_that_was_joined_meanwhile_says_so(told: Scene) -> None:
    draft = draft_of(told)
    passages = list(draft.passages.all())
    drafting.join(passages, by=told.coordinator, now=AFTER)
    gone = next(one for one in passages if not draft.passages.filter(pk=one.pk).exists())
    with pytest.raises(Refused, match="vừa được gộp"):
        drafting.put(gone, where=Passage.Place.OUT, by=told.coordinator, now=AFTER)
