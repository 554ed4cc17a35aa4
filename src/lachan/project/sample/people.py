"""Who acts in the demonstration: an officer and a head in every unit, and the few whose passwords are printed."""

import random
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from lachan.engine.vietnamese import fold
from lachan.orgs.actions import add_person, grant_role
from lachan.orgs.models import Grant, Person, Role
from lachan.project.sample.province import PROVINCE, Province

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Lương",
    "Vũ",
    "Bùi",
    "Đỗ",
    "Hà",
    "Trịnh",
    "Mai",
    "Cao",
    "Lò",
    "Quách",
)
MIDDLE = ("Văn", "Thị", "Đức", "Thu", "Minh", "Ngọc", "Xuân", "Thanh", "Quang", "Hồng")
GIVEN = (
    "Hòa",
    "Thủy",
    "Sơn",
    "Lan",
    "Dũng",
    "Hương",
    "Tuấn",
    "Nga",
    "Bình",
    "Yến",
    "Khánh",
    "Đạt",
    "Phượng",
    "Ánh",
    "Việt",
)


@dataclass(frozen=True)
class Login:
    """Somebody a visitor of the demonstration may sign in as."""

    who: str
    name: str
    email: str
    roles: tuple[tuple[Role, str], ...]  # on units, by code


DISTRICT, COMMUNE = "404", "16282"
LOGINS = (
    Login(
        "điều phối cấp tỉnh",
        "Lê Thị An",
        "dieuphoi@lachan.example",
        ((Role.COORDINATOR, "T02"), (Role.OFFICER, "T02")),
    ),
    Login("thủ trưởng Sở", "Lê Văn Hải", "thutruong@lachan.example", ((Role.HEAD, "T02"),)),
    Login("cán bộ huyện", "Trần Văn Bình", "huyen@lachan.example", ((Role.OFFICER, DISTRICT),)),
    Login("thủ trưởng huyện", "Phạm Quang Dũng", "thutruonghuyen@lachan.example", ((Role.HEAD, DISTRICT),)),
    Login("cán bộ xã", "Nguyễn Thị Chi", "xa@lachan.example", ((Role.OFFICER, COMMUNE),)),
    Login("thủ trưởng xã", "Lê Xuân Giang", "thutruongxa@lachan.example", ((Role.HEAD, COMMUNE),)),
    Login("quản trị hệ thống", "Mai Đức Khôi", "quantri@lachan.example", ((Role.OPERATOR, PROVINCE),)),
)


@dataclass(frozen=True)
class Staff:
    """The officer and the head of each unit, by unit key."""

    officer: dict[int, Person]
    head: dict[int, Person]


def hire(province: Province, *, password: str, now: datetime, dice: random.Random) -> Staff:
    """Everybody of the sample. Only `LOGINS` get a password that works."""
    staff = Staff({}, {})
    for login in LOGINS:
        person = add_person(email=login.email, name=login.name, password=password, by=None, now=now)
        for role, code in login.roles:
            grant_role(person, role, province.units[code], by=None, now=now)
            book = {Role.OFFICER: staff.officer, Role.HEAD: staff.head}.get(role)
            if book is not None:
                book[province.units[code].pk] = person
    for book, role in ((staff.officer, Role.OFFICER), (staff.head, Role.HEAD)):
        _fill(book, role, province, now, dice)
    return staff


def _fill(book: dict[int, Person], role: Role, province: Province, now: datetime, dice: random.Random) -> None:
    """One person with `role` for each unit that has none yet; written in bulk, since nobody signs in as them."""
    no_password = make_password(None)
    codes = [code for code, unit in province.units.items() if unit.pk not in book]
    people = Person.objects.bulk_create(
        Person(email=f"{role}.{fold(code)}@lachan.example", name=_name(dice), password=no_password, joined_at=now)
        for code in codes
    )
    for code, person in zip(codes, people, strict=True):
        book[province.units[code].pk] = person
    Grant.objects.bulk_create(
        Grant(person=person, role=role, unit=province.units[code], given_at=now)
        for code, person in zip(codes, people, strict=True)
    )


def _name(dice: random.Random) -> str:
    return f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"
