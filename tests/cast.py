"""The small cast of every test: a made-up province, and the four people who act in it.

    Tỉnh Sông Lam                                An, coordinator and operator, at the Department of Information and for the province
    ├ Sở Thông tin và Truyền thông               An
    ├ Sở Giáo dục và Đào tạo
    ├ Báo Sông Lam
    ├ Huyện Bến Đá                               Bình, officer; Dũng, head
    │  ├ Xã Gò Cao                               Chi, officer
    │  ├ Xã Gò Thấp
    │  └ Thị trấn Bến Đá
    └ Thành phố Lam Giang
       └ Phường Chợ Cũ

A test asks for the fixture `cast` (in conftest.py) and imports what else it needs: `from cast import DAY, NOW, Cast, signed_in_as`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from lachan.engine.vietnamese import fold
from lachan.orgs.actions import Founding, add_person, found_unit, grant_role, load_catalogue
from lachan.orgs.models import Person, Role, Unit

DAY = date(2025, 3, 10)
NOW = datetime(2025, 3, 10, 2, tzinfo=UTC)  # nine in the morning in Hà Nội
PASSWORD = "một câu dài để vào"


@dataclass(frozen=True)
class Cast:
    """The units and people above."""

    province: Unit
    department: Unit
    education: Unit
    press: Unit
    district: Unit
    city: Unit
    commune: Unit
    other_commune: Unit
    township: Unit
    ward: Unit
    an: Person
    binh: Person
    chi: Person
    dung: Person


def found(code: str, name: str, kind: str, parent: Unit | None) -> Unit:
    return found_unit(Founding(code=code, name=name, kind=kind, parent=parent), by=None, now=NOW)


def hire(name: str, *roles: tuple[Role, Unit]) -> Person:
    person = add_person(email=f"{fold(name)}@songlam.example", name=name, password=PASSWORD, by=None, now=NOW)
    for role, unit in roles:
        grant_role(person, role, unit, by=None, now=NOW)
    return person


def assemble() -> Cast:
    load_catalogue()
    province = found("99", "Tỉnh Sông Lam", "province", None)
    department = found("99-STTTT", "Sở Thông tin và Truyền thông", "department", province)
    district = found("991", "Huyện Bến Đá", "rural-district", province)
    city = found("992", "Thành phố Lam Giang", "provincial-city", province)
    commune = found("99101", "Xã Gò Cao", "commune", district)
    return Cast(
        province=province,
        department=department,
        education=found("99-SGDDT", "Sở Giáo dục và Đào tạo", "department", province),
        press=found("99-BAO", "Báo Sông Lam", "press", province),
        district=district,
        city=city,
        commune=commune,
        other_commune=found("99102", "Xã Gò Thấp", "commune", district),
        township=found("99103", "Thị trấn Bến Đá", "township", district),
        ward=found("99201", "Phường Chợ Cũ", "ward", city),
        an=hire("An", (Role.COORDINATOR, province), (Role.OPERATOR, province)),
        binh=hire("Bình", (Role.OFFICER, district)),
        chi=hire("Chi", (Role.OFFICER, commune)),
        dung=hire("Dũng", (Role.HEAD, district)),
    )


def signed_in_as(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
