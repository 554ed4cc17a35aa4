"""The form of the demonstration's second campaign."""

from lachan.engine.report_form import FormDraft, QuestionDraft
from lachan.engine.report_form.review import doubts
from lachan.project.sample.form import CHECKS, MORE


def test_it_raises_no_doubt_beside_the_questions_of_a_letter() -> None:
    form = FormDraft("", (QuestionDraft("Khó khăn", kind="text"), *MORE), CHECKS).coded()
    assert doubts(form, kinds_of={}, kinds=[]) == []


def test_its_checks_are_on_what_it_asks() -> None:
    asked = {question.code for question in FormDraft("", MORE).questions()}
    assert all(set(check.keys) <= asked for check in CHECKS)
