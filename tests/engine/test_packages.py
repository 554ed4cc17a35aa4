"""Signed packages: what is taken apart is what was sealed, and nothing else is taken."""

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.packages import (
    FormOf,
    Here,
    Kind,
    Line,
    Manifest,
    Measured,
    Party,
    Question,
    Report,
    Request,
    Unfit,
    Why,
    fingerprint,
    is_public,
    match,
    new_key,
    open_package,
    public_of,
    seal,
)
from lachan.engine.packages.report import files_of, read_report
from lachan.engine.rollup import Coverage, State

KEY, OTHER = new_key(), new_key()
ASKED = Question("1", "Số buổi tuyên truyền", "whole", "sum", "buổi", required=True)
FORM = FormOf("Kết quả thực hiện", 1, (ASKED,))
STATE = State(Decimal(12), 2, 1, Decimal(12), coverage=Coverage(3, 2, 1, 0))
REPORT = Report(
    taken_at="2025-04-01T00:00:00+00:00",
    expected=3,
    received=2,
    late=1,
    indicators=(Measured.of("1", "12", STATE),),
    lines=(
        Line("1", "A", False, 1, 1, ("12",)),
        Line("2", "B", False, 1, 1, ("0",)),
        Line("3", "C", False, 1, 0, (None,)),
    ),
)
MANIFEST = Manifest(
    kind=Kind.REPORT,
    id="0b7c",
    number=1,
    title="Báo cáo 12/BC-UBND",
    made_at="2025-04-01T00:00:00+00:00",
    sender=Party("99", "UBND tỉnh Sông Lam", public_of(KEY)),
    recipient=Party("G09", "Bộ", public_of(OTHER)),
    request=Request("116/KH-UBND", "2025-03-10", "Kế hoạch"),
)
SEALED = seal(MANIFEST, files_of(REPORT, FORM), KEY)


def rezipped(data: bytes, **changed: bytes) -> bytes:
    """The same package with some files put in other words (or added)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        files = {name: old.read(name) for name in old.namelist()} | {
            name.replace("__", "."): content for name, content in changed.items()
        }
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def why(data: bytes) -> Why:
    with pytest.raises(Unfit) as refused:
        open_package(data)
    return refused.value.why


def test_what_was_sealed_is_what_is_opened() -> None:
    opened = open_package(SEALED)
    assert opened.is_signed_by(public_of(KEY))
    assert read_report(opened.files) == (REPORT, FORM)
    assert replace(opened.manifest, files=()) == MANIFEST


def test_the_same_content_makes_the_same_file() -> None:
    assert seal(MANIFEST, files_of(REPORT, FORM), KEY) == SEALED


def test_another_key_did_not_sign_it() -> None:
    assert not open_package(SEALED).is_signed_by(public_of(OTHER))


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_no_octet_can_be_changed_unseen(place: int, by: int) -> None:
    """It is refused, or its signature fails, or (in a field of the zip that says nothing) it is the same package."""
    changed = bytearray(SEALED)
    changed[place] ^= by
    try:
        opened = open_package(bytes(changed))
    except Unfit:
        return
    if opened.is_signed_by(public_of(KEY)):
        assert read_report(opened.files) == (REPORT, FORM)
        assert replace(opened.manifest, files=()) == MANIFEST


@given(st.integers(0, len(SEALED) - 1))
def test_a_package_cut_short_is_refused(at: int) -> None:
    assert why(SEALED[:at]) in (Why.NOT_A_PACKAGE, Why.DAMAGED)


def test_a_figure_changed_after_signing_is_found() -> None:
    figures = open_package(SEALED).files["figures.json"].replace(b'"12"', b'"99"')
    assert why(rezipped(SEALED, figures__json=figures)) is Why.CHANGED


def test_a_file_the_manifest_does_not_list_is_refused() -> None:
    assert why(rezipped(SEALED, more__json=b"{}")) is Why.STRANGE_FILE


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/a.json", "a\\b.json", "thư mục/a.json", "A.JSON", ".json"]
)
def test_a_path_in_a_package_is_refused(name: str) -> None:
    whole = zipfile.ZipFile(io.BytesIO(SEALED))
    files = {one: whole.read(one) for one in whole.namelist()}
    assert why(zipped({**files, name: b"x"})) is Why.STRANGE_FILE


def test_a_zip_bomb_is_refused_before_it_is_inflated() -> None:
    assert why(rezipped(SEALED, figures__json=b"0" * 50_000_000)) is Why.SWELLS


def test_a_file_that_says_it_is_smaller_than_it_is_does_not_swell() -> None:
    """Its length in the directory of the zip is made a lie: ten octets instead of some thousands."""
    changed, name = bytearray(SEALED), b"figures.json"
    entry = SEALED.rindex(name) - 46
    changed[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert why(bytes(changed)) in (Why.DAMAGED, Why.CHANGED)


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", zipped({"word/document.xml": b"<a/>"})])
def test_another_file_is_no_package(data: bytes) -> None:
    assert why(data) in (Why.NOT_A_PACKAGE, Why.DAMAGED)


def test_a_later_format_asks_for_a_later_version() -> None:
    assert why(seal(replace(MANIFEST, version=2), files_of(REPORT, FORM), KEY)) is Why.NEWER


def told(**changed: Any) -> dict[str, bytes]:
    files = files_of(REPORT, FORM)
    return {**files, "figures.json": json.dumps({**asdict(REPORT), **changed}).encode()}


@pytest.mark.parametrize(
    "changed",
    [
        {"expected": "3"},
        {"expected": True},
        {"expected": -3},
        {"expected": 2.5},
        {"received": 9},
        {"lines": {}},
        {"lines": [{"name": "A"}]},
        {"indicators": [{**asdict(REPORT.indicators[0]), "total": "NaN"}]},
        {"indicators": [{**asdict(REPORT.indicators[0]), "value": "1e999999999"}]},
        {"indicators": [{**asdict(REPORT.indicators[0]), "code": "2"}]},
        {"taken_at": "\0"},
        {"taken_at": "\ud800"},
        {"taken_at": None},
        {"said": [{"code": "1", "text": "x"}]},
        {"lists": [{"code": "1", "units": [], "rows": [["x"]]}]},
    ],
)
def test_a_field_of_another_type_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        read_report(told(**changed))


def test_units_that_do_not_add_up_to_the_whole_are_refused() -> None:
    lines = [{**asdict(one), "values": ["5"]} for one in REPORT.lines]
    with pytest.raises(Unfit) as refused:
        read_report(told(lines=lines))
    assert refused.value.why is Why.DOES_NOT_ADD_UP


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(Unfit):
        read_report({**told(), "figures.json": b"[" * 200_000})


def here(key: str, question: Question) -> Here:
    return Here(key, question)


def test_questions_are_the_same_when_nothing_of_their_meaning_differs() -> None:
    theirs = [ASKED, replace(ASKED, code="2", counted_in="lượt"), replace(ASKED, code="3", text="Số bài viết")]
    ours = [here("a", replace(ASKED, code="9", text="SỐ BUỔI TUYÊN TRUYỀN:")), here("b", replace(ASKED, code="3"))]
    found = match(theirs, ours)
    assert {code: one.key for code, one in found.found.items()} == {"1": "a"}
    assert [one.code for one in found.lacking] == ["3"]
    assert [one.code for one in found.beyond] == ["2", "3"]


def test_of_questions_alike_the_code_decides() -> None:
    theirs = [replace(ASKED, code="x"), replace(ASKED, code="y")]
    found = match(theirs, [here("a", replace(ASKED, code="y")), here("b", replace(ASKED, code="x"))]).found
    assert {code: one.key for code, one in found.items()} == {"y": "a", "x": "b"}


def test_a_public_key_is_told_from_other_words() -> None:
    assert is_public(public_of(KEY))
    assert not any(map(is_public, ["", "x", public_of(KEY)[:-1], public_of(KEY) + "=", "ổ" * 43]))
    assert len(fingerprint(public_of(KEY))) == 19
