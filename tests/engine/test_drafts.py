"""Laws of a draft that several people type into: nothing typed is lost under any order of saves."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.drafts import Cell, Draft, Page, Seen, as_json, from_json, gathered, mark_of, merge

AT = datetime(2025, 3, 10, 2, tzinfo=UTC)
KEYS, TEXTS, PAGES = ("a", "b"), ("", "1", "2", "3"), ("p", "q", "r")


def saved(draft: Draft, page: str, turn: int = 0, seen: Draft | None = None, **texts: str) -> Draft:
    """A save of a page that had shown `seen` (by default an empty draft)."""
    shown = seen or Draft()
    marks = {key: Seen(cell.revision, mark_of(cell.text)) for key, cell in shown.cells.items()}
    return merge(draft, texts, Page(page, turn, marks), by=PAGES.index(page), at=AT)


def texts_of(draft: Draft, key: str = "a") -> list[str]:
    return [entry.text for entry in draft.cells.get(key, Cell()).entries]


class Tab:
    """One open page: what it has shown and what its person typed."""

    def __init__(self, key: str) -> None:
        self.key, self.turn, self.shown, self.typed = key, 0, Draft(), dict[str, str]()

    def sheet(self) -> tuple[Page, dict[str, str]]:
        self.turn += 1
        marks = {key: Seen(cell.revision, mark_of(cell.text)) for key, cell in self.shown.cells.items()}
        return Page(self.key, self.turn, marks), {key: self.shown.texts.get(key, "") for key in KEYS} | self.typed

    def look(self, draft: Draft) -> None:
        """An answer comes or the page is drawn anew: what was not being typed is shown as it stands."""
        for key in list(self.typed):
            if self.typed[key] in (entry.text for entry in draft.cells.get(key, Cell()).entries):
                del self.typed[key]
        known = {key: cell for key, cell in draft.cells.items() if key not in self.typed}
        kept = {key: cell for key, cell in self.shown.cells.items() if key in self.typed}
        self.shown = Draft({**kept, **known})


steps = st.lists(
    st.tuples(
        st.sampled_from(["type", "save", "save, answer lost", "save later", "arrive late", "look"]),
        st.sampled_from(PAGES),
        st.sampled_from(KEYS),
        st.sampled_from(TEXTS),
    ),
    max_size=25,
)


@given(steps)
def test_what_was_saved_is_there_or_was_replaced_by_its_author_or_by_one_who_had_seen_it(
    taken: list[tuple[str, str, str, str]],
) -> None:
    draft, tabs = Draft(), {page: Tab(page) for page in PAGES}
    under_way: list[tuple[str, Page, dict[str, str]]] = []
    for step, name, key, text in taken:
        tab = tabs[name]
        arriving = [(name, *tab.sheet())] if step.startswith("save") else []
        if step == "type":
            tab.typed[key] = text
        elif step == "save later":
            under_way += arriving
            arriving = []
        elif step == "arrive late":
            arriving, under_way = under_way, []
        elif step == "look":
            tab.look(draft)
        for _page, page, texts in arriving:
            after = merge(draft, texts, page, by=0, at=AT)
            nothing_is_lost(draft, after, page)
            everything_typed_arrived(draft, after, page, texts)
            draft = after
        if step == "save":
            tab.look(draft)


def nothing_is_lost(before: Draft, after: Draft, page: Page) -> None:
    for key, cell in before.cells.items():
        seen = (page.seen or {}).get(key, Seen())
        for entry in cell.entries:
            still_there = entry.text in texts_of(after, key)
            assert still_there or entry.page == page.key or seen.revision == cell.revision


def everything_typed_arrived(before: Draft, after: Draft, page: Page, texts: dict[str, str]) -> None:
    if dict(before.turns).get(page.key, 0) > page.turn:
        assert after == before
        return
    for key, text in texts.items():
        untouched = mark_of(text) == (page.seen or {}).get(key, Seen()).mark
        assert untouched or text in (texts_of(after, key) or [""])


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_different_answers_merge_in_any_order(there: str, one: str, two: str) -> None:
    shown = saved(Draft(), "r", a=there, b=there)
    forward = saved(saved(shown, "p", seen=shown, a=one), "q", seen=shown, b=two)
    backward = saved(saved(shown, "q", seen=shown, b=two), "p", seen=shown, a=one)
    assert forward.texts == backward.texts


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_the_same_save_twice_changes_nothing(there: str, text: str) -> None:
    before = saved(Draft(), "q", a=there)
    once = saved(before, "p", 1, a=text)
    assert saved(once, "p", 1, a=text) == once


def test_two_who_differ_are_kept_side_by_side() -> None:
    assert texts_of(saved(saved(Draft(), "p", a="1"), "q", a="2")) == ["1", "2"]


def test_an_answer_only_carried_along_does_not_undo_another_persons() -> None:
    shown = saved(Draft(), "r", a="1")
    assert texts_of(saved(saved(shown, "p", seen=shown, a="2"), "q", seen=shown, a="1")) == ["2"]


def test_one_who_has_seen_both_settles_it_by_typing_a_third_or_by_choosing() -> None:
    both = saved(saved(Draft(), "p", a="1"), "q", a="2")
    assert texts_of(saved(both, "r", seen=both, a="3")) == ["3"]
    seen = {"a": Seen(both.revision, mark_of("1"))}
    assert texts_of(merge(both, {"a": "2"}, Page("r", 0, seen, frozenset("a")), by=2, at=AT)) == ["2"]


def test_saving_the_rest_of_the_page_settles_nothing() -> None:
    both = saved(saved(Draft(), "p", a="1"), "q", a="2")
    assert texts_of(saved(both, "q", 1, seen=both, a="2", b="9")) == ["1", "2"]


def test_a_choice_between_what_is_no_longer_all_settles_nothing() -> None:
    both = saved(saved(Draft(), "p", a="1"), "q", a="2")
    three = saved(both, "r", a="3")
    seen = {"a": Seen(both.revision, mark_of("1"))}
    assert merge(three, {"a": "2"}, Page("q", 1, seen, frozenset("a")), by=1, at=AT).cells == three.cells


def test_a_save_overtaken_by_a_later_one_of_its_page_changes_nothing() -> None:
    after = saved(Draft(), "p", 2, a="12")
    assert saved(after, "p", 1, a="1") == after


def test_one_who_goes_on_typing_does_not_differ_from_themselves() -> None:
    assert texts_of(saved(saved(Draft(), "p", 1, a="1"), "p", 2, a="12")) == ["12"]


@given(st.lists(st.tuples(st.sampled_from(PAGES), st.sampled_from(TEXTS)), max_size=6))
def test_a_draft_is_kept_as_it_is(saves: list[tuple[str, str]]) -> None:
    draft = Draft()
    for page, text in saves:
        draft = saved(draft, page, a=text)
    assert from_json(as_json(draft)) == draft


def typed_in(text: str, by: int, *, key: str = "1") -> Draft:
    return merge(Draft(), {key: text}, Page(str(by)), by=by, at=AT + timedelta(minutes=by))


def test_numbers_typed_by_several_units_are_added_up_and_words_kept_side_by_side() -> None:
    drafts = [typed_in("100", 1), typed_in("1.200", 2), typed_in("Mưa", 1, key="2"), typed_in("Nắng", 2, key="2")]
    found = gathered(drafts, {"1": True})
    assert found.texts["1"] == "1300"
    assert [entry.text for entry in found.cells["2"].entries] == ["Mưa", "Nắng"]


def test_what_is_no_number_or_no_sum_is_never_added_up() -> None:
    assert gathered([typed_in("100", 1), typed_in("chưa rõ", 2)], {"1": True}).cells["1"].disputed
    assert gathered([typed_in("100", 1), typed_in("200", 2)], {}).cells["1"].disputed
    assert gathered([typed_in("100", 1), Draft()], {"1": True}).texts == {"1": "100"}
