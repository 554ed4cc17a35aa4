"""A campaign of the department among the cast: down to the district, and from there to its communes."""

from dataclasses import dataclass

from cascades import a_campaign, of, passed_on
from cast import DAY, NOW, Cast, hire
from django.utils.timezone import localdate

from lachan.activities import actions as activities
from lachan.activities.models import Activity
from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.activities import FilledFrom, Sum
from lachan.engine.answers import Column
from lachan.engine.report_form import FormDraft, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft
from lachan.orgs.models import Person, Role, Unit
from lachan.reporting.actions import forms
from lachan.reporting.actions.consolidating import Words
from lachan.reporting.forms import ReportForm
from lachan.reporting.letterhead import letterhead, wording
from lachan.reporting.models import Form, Obligation, Question


@dataclass(frozen=True)
class Scene:
    """The campaign, who stands where in it, and what each unit owes."""

    cast: Cast
    campaign: Campaign
    coordinator: Person  # of the department, which owns the campaign
    district_officer: Person
    district_head: Person
    officer: Person  # of the commune Gò Cao
    head: Person  # of the commune Gò Cao

    def owed(self, unit: Unit) -> Obligation:
        return Obligation.objects.get(form__campaign=self.campaign, unit=unit)

    @property
    def number(self) -> Question:
        return Question.objects.get(form__campaign=self.campaign, kind=Question.Kind.WHOLE)

    @property
    def words(self) -> Question:
        return Question.objects.get(form__campaign=self.campaign, kind=Question.Kind.TEXT)

    def typed(self, number: object = 12, words: str = "") -> dict[str, str]:
        """Answers by question key."""
        return {self.number.key: str(number), self.words.key: words}

    def posted(self, number: object = 12, words: str = "", key: str = "one") -> dict[str, str]:
        """Answers as the form posts them."""
        named = {f"q{question}": text for question, text in self.typed(number, words).items()}
        return {**named, f"q{self.number.key}_asked": self.number.text, "request_key": key}


def set_up(cast: Cast) -> Scene:
    """Owned by the department; given to the district, the newspaper and education; passed on to the district's communes."""
    owner = cast.department
    coordinator = hire("Lan", (Role.COORDINATOR, owner))
    campaign = a_campaign(owner, [cast.district, cast.press, cast.education], by=coordinator)
    passed_on(of(cast.district, campaign), [cast.commune, cast.other_commune, cast.township], by=cast.binh)
    head = hire("Giang", (Role.HEAD, cast.commune))
    return Scene(cast, campaign, coordinator, cast.binh, cast.dung, cast.chi, head)


def words_for(campaign: Campaign, top: Assignment | None, number: int | None = None) -> Words:
    """The words suggested for the report of the unit of `top`, or of the campaign's owner."""
    unit, day = (top.unit if top else campaign.owner), localdate(NOW)
    head = letterhead(unit, day)
    form = ReportForm.suggested(head, wording(campaign, top, head.name, day), day, "key", earlier={})
    form.initial["number"] = number
    return form.words(head)


def with_a_full_form(scene: Scene) -> Scene:
    """The form as a ministry would have it: a number that activities give, a table with sums, a list, and words."""
    form = Form.objects.get(campaign=scene.campaign)
    rows = ("Trẻ em, học sinh", "Người cao tuổi", "Phụ nữ", "Công nhân, người lao động")
    table = TableDraft(
        "Kết quả theo đối tượng",
        (
            TableColumn("b", "Số buổi", counted_in="buổi"),
            TableColumn("n", "Số người tham dự", counted_in="người"),
            TableColumn("t", "Số tài liệu đã phát", counted_in="bản"),
        ),
        tuple(RowDraft(str(at), row) for at, row in enumerate(rows, start=1)),
        sum_row=True,
        sum_column=False,
        required=False,
        code="3",
    )
    talks = FilledFrom(Sum.TIMES, frozenset({"talk"}))
    classes = QuestionDraft(
        "Lớp tập huấn đã mở",
        kind="rows",
        required=False,
        columns=(Column("name", "Tên lớp"), Column("n", "Số người", "whole", "người")),
        code="4",
    )
    items = (
        SectionDraft("I. Số liệu chung", "s1"),
        QuestionDraft("Số buổi tuyên truyền", counted_in="buổi", code="1", filled_from=talks.to_json()),
        SectionDraft("II. Theo đối tượng", "s3"),
        table,
        classes,
        SectionDraft("III. Nhận xét", "s2"),
        QuestionDraft("Khó khăn, vướng mắc", kind="text", required=False, code="2"),
    )
    draft = FormDraft(form.title, items)
    forms.revise(form, draft, terms=forms.Terms(why="Theo hướng dẫn mới"), by=scene.coordinator, now=NOW)
    return scene


def having_done(scene: Scene, times: int = 2, key: str = "activity-1") -> Activity:
    """Something the commune did: talks, so many times."""
    facts = activities.Facts("talk", DAY, "Nói chuyện ở thôn Trung", times=times, audience=150)
    return activities.record(
        scene.cast.commune, campaign=scene.campaign, facts=facts, request_key=key, by=scene.officer, now=NOW
    )
