"""A pasted list of people: one a line, name, e-mail and role in any order, as copied from a table or typed with ; or commas."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lachan.engine.vietnamese import fold

# Deliberately plain: one @, something with a dot after it, no blanks. Whether mail arrives there only mail can tell.
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


class Fault(StrEnum):
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    NO_ROLE = "no_role"
    REPEATED = "repeated"


@dataclass(frozen=True)
class InviteeRow:
    """One line of the list; `role` is a code. With a `fault` nobody can be invited by it."""

    number: int
    name: str
    email: str
    role: str
    fault: Fault | None
    text: str


def invitee_rows(text: str, roles: Mapping[str, str], usual: str = "") -> list[InviteeRow]:
    """The lines of `text`. `roles`: code by the word people use; `usual` is the code for lines that name no role.

    Empty lines and a heading are left out; numbers of lines count all, so that people find them again.
    """
    codes = {fold(word): code for word, code in roles.items()}
    rows: list[InviteeRow] = []
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or (not rows and _is_heading(line)):
            continue
        row = _row(number, line, codes, usual)
        if row.fault is None and (row.email, row.role) in seen:
            row = InviteeRow(number, row.name, row.email, row.role, Fault.REPEATED, row.text)
        seen.add((row.email, row.role))
        rows.append(row)
    return rows


def _is_heading(line: str) -> bool:
    """A first line that names columns: "Họ và tên; Thư điện tử; Vai trò"."""
    return "@" not in line and any(word in fold(line) for word in ("ho va ten", "ho ten", "email", "thu dien tu"))


def _parts(line: str) -> list[str]:
    separator = "\t" if "\t" in line else ";" if ";" in line else ","
    return [part.strip() for part in line.split(separator) if part.strip()]


def _row(number: int, line: str, codes: Mapping[str, str], usual: str) -> InviteeRow:
    parts = _parts(line)
    address = next((part for part in parts if "@" in part), "")
    role_word = next((part for part in parts if fold(part) in codes), "")
    name = " ".join(part for part in parts if part not in (address, role_word) and not part.rstrip(".").isdecimal())
    email = address.strip("<>").lower()
    role = codes.get(fold(role_word), usual)
    fault = None
    if not address:
        fault = Fault.NO_ADDRESS
    elif not _ADDRESS.fullmatch(email):
        fault = Fault.BAD_ADDRESS
    elif not role:
        fault = Fault.NO_ROLE
    return InviteeRow(number, name, email, role, fault, line.strip())
