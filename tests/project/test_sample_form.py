"""The form of the demonstration's second campaign."""

import pytest
from cascades import DUE, a_letter
from cast import NOW, Cast

from lachan.campaigns import actions as campaigns
from lachan.engine.report_form import FormDraft, QuestionDraft
from lachan.engine.report_form.review import doubts
from lachan.project.sample.form import CHECKS, MORE
from lachan.reporting.actions import forms, giving
from lachan.reporting.models import Obligation
from lachan.reporting.sheet import laid_out


def test_it_raises_no_doubt_beside_the_questions_of_a_letter() -> None:
    form = FormDraft("", (QuestionDraft("Khó khăn", kind="text"), *MORE), CHECKS).coded()
    assert doubts(form, kinds_of={}, kinds=[]) == []


def test_its_checks_are_on_what_it_asks() -> None:
    asked = {question.code for question in FormDraft("", MORE).questions()}
    assert all(set(check.keys) <= asked for check in CHECKS)


@pytest.mark.django_db
def test_it_is_given_out_and_laid_out(cast: Cast) -> None:
    draft = campaigns.CampaignDraft(
        name="Chiến dịch",
        report_due=DUE,
        addressees=(campaigns.AddresseeDraft("Huyện", frozenset({cast.district.pk}), "chọn tay", 1),),
    )
    letter = a_letter(cast.department, by=cast.an)
    campaign = campaigns.prepare(letter, owner=cast.department, draft=draft, by=cast.an, now=NOW)
    forms.write_form(campaign, title="Kết quả", questions=MORE, checks=CHECKS, by=cast.an, now=NOW)
    giving.launch(campaign, own=None, by=cast.an, now=NOW)
    obligation = Obligation.objects.get(unit=cast.district)
    assert [section.title for section in laid_out(obligation.asked())] == ["Kết quả chi tiết"]
    assert len(obligation.form.checks_on(obligation.asked())) == 1
