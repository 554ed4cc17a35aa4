"""How near a reading is to the gold answer: single fields all or nothing, lists by F1; case and punctuation do not count."""

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

SINGLE = ("doc_type", "issuer", "issuer_parent", "number", "symbol", "place", "date", "abstract", "period", "tasks_count",
          "signer_name", "signer_title")  # fmt: skip
LISTS = ("recipients", "references", "deadlines", "targets", "contacts")


def macro(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> float:
    """The mean over fields of the mean score of each, for pairs of gold and answer; fields empty in both do not count."""
    scores: dict[str, list[float]] = {}
    for gold, answer in pairs:
        for field in SINGLE:
            wanted, given = _plain(gold.get(field)), _plain(answer.get(field))
            if wanted or given:
                scores.setdefault(field, []).append(float(wanted == given))
        for field in LISTS:
            wants, gives = _items(field, gold.get(field)), _items(field, answer.get(field))
            if wants or (gives and field != "targets"):
                scores.setdefault(field, []).append(2 * len(wants & gives) / (len(wants) + len(gives)))
    return sum(sum(given) / len(given) for given in scores.values()) / len(scores)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps({key: _plain(one) for key, one in sorted(value.items()) if one}, ensure_ascii=False)
    text = unicodedata.normalize("NFC", str(value or "")).casefold()
    return re.sub(r"[\W_]+", " ", text.replace("hoà", "hòa")).strip()


def _items(field: str, value: Any) -> set[str]:
    if not value:
        return set()
    if field == "references":
        return {_plain(one["symbol"] or f"{one['type']} {one['date']}") for one in value}
    if field == "deadlines":
        return {_plain(one["date"]) for one in value if one["date"]}
    if field == "targets":
        return {_plain(f"{one['value']} {one['unit']}") for one in value}
    if field == "contacts":
        digits = {re.sub(r"\D", "", phone) for phone in value["phones"]}
        return digits | {_plain(one) for one in [*value["emails"], *value["urls"]]}
    return {_plain(one) for one in value}
