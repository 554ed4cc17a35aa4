"""Telephone numbers in a text, by the Vietnamese numbering plan.

Sources: the plan of Thông tư 22/2014/TT-BTTTT with its later changes: area codes of 2017, mobile numbers from eleven to ten digits
in 2018. Numbers move between networks since 2018, so that the network named is the one the number was given to. Area codes stayed
when provinces were joined in 2025: they are named by the provinces they were given to. Prefixes from which people are rung once so
that they ring back: warnings of the networks as the press of 2017 to 2025 has them (vtv.vn of 2017-03-02, nss.vn of 2017-03-01,
sachphapluat.net on satellites, soha.vn of 2024-06-01) and of the telecommunications authority (danviet.vn of 2021-11-01). What a
message to a service number costs is told by its second digit: VNCERT's table of 2010 (vietnamnet.vn, "Tránh xa đầu số 6xxx, 8xxx").
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from lachan.engine.scams.characters import plain


class PhoneKind(StrEnum):
    """What sort of number it is."""

    MOBILE = "mobile"
    FIXED = "fixed"
    FREE = "free"  # 1800
    PAID = "paid"  # 1900: the caller pays by the minute
    FOREIGN = "foreign"
    SHORT = "short"  # three to five digits: services of the networks, emergencies
    NAME = "name"  # letters in place of a number ("brandname"): it can be forged
    UNKNOWN = "unknown"  # of no form that the plan knows, as fraud calls from the internet often show


@dataclass(frozen=True, slots=True)
class Phone:
    """One number. `number` as it is dialled in Vietnam: "0912345678", "19001234", "+22512345678"."""

    span: tuple[int, int]
    number: str
    kind: PhoneKind
    network: str = ""  # the network, the area or the country it was given to
    looks_like: str = ""  # of a foreign number: whose it would be, read with a 0 for its plus sign, or without it

    @property
    def rings_back(self) -> bool:
        """Whether it is of a prefix that the networks warn of: one is rung from there so as to ring back at a high price."""
        return self.kind is PhoneKind.FOREIGN and _country(self.number) != ""


_NETWORKS = (
    ("Viettel", "032 033 034 035 036 037 038 039 086 096 097 098"),
    ("VinaPhone", "081 082 083 084 085 088 091 094"),
    ("MobiFone", "070 076 077 078 079 089 090 093"),
    ("Vietnamobile", "052 056 058 092"),
    ("Gmobile", "059 099"),
    ("iTel", "087"),
    ("Wintel", "055"),
)
_NETWORK = {prefix: network for network, prefixes in _NETWORKS for prefix in prefixes.split()}
_RING_BACK = (
    *(("+216", "Tunisia"), ("+224", "Guinea"), ("+226", "Burkina Faso"), ("+231", "Liberia"), ("+232", "Sierra Leone")),
    *(("+240", "Guinea Xích đạo"), ("+247", "đảo Ascension"), ("+252", "Somalia"), ("+255", "Tanzania")),
    *(("+370", "Litva"), ("+371", "Latvia"), ("+373", "Moldova"), ("+375", "Belarus"), ("+381", "Serbia")),
    ("+563", "Chile"),
    *(("+881", "điện thoại vệ tinh"), ("+882", "mạng vệ tinh"), ("+883", "mạng vệ tinh"), ("+992", "Tajikistan")),
)
_WARNED = "|".join(prefix[1:] for prefix, _place in _RING_BACK)
_RUN = re.compile(r"[+(\d][\do .\-()]{5,19}[\do]")
_NUMBER = re.compile(
    r"(?<![\d=])(?<!\d[.,])(?=[\d+(])"  # what goes on before is no telephone number
    rf"(?:(?P<foreign>(?:\+|00[ .\-]|00(?=(?:{_WARNED})[ .\-]))(?!84)[1-9]\d{{0,2}}(?:[ .\-]?\d){{6,12}})"
    r"|(?P<service>1[89]00(?:[ .\-]?\d){4,6})"
    r"|(?P<home>(?:(?:\+|00)?84[ .\-]?(?:\(0\)|0)?|\(?0|(?<=o))(?:[ .\-)]{0,2}[\do]){8,10}))"
)
_INSIDE = re.compile(r"\d|[.,=]\d")  # after a number: it goes on, and is no telephone number
_SIGNS = re.compile(r"[^\d+]")
_HOME = re.compile(r"^(?:\+84|0084|84)0?")
_DRESSED_UP = re.compile(r"^0(?=1[89]00\d{4,6}$)")  # "+841900…": a service number


def find(text: str, flat: str | None = None) -> tuple[Phone, ...]:
    """The numbers of `text` with seven digits or more, in order. `flat` is `folding.plain(text)`."""
    flat = plain(text) if flat is None else flat
    found: list[Phone] = []
    for run in _RUN.finditer(flat):
        at = run.start()
        while number := _NUMBER.search(flat, at, run.end()):
            phone = None if _INSIDE.match(flat, number.end()) else _phone(number, flat)
            if phone:
                found.append(phone)
            at = phone.span[1] if phone else number.start() + 1
    return tuple(found)


def _phone(found: re.Match[str], flat: str) -> Phone | None:
    digits = _SIGNS.sub("", found[0].replace("o", "0"))
    start = found.start()
    if found["home"]:
        if flat[start - 1 : start] == "o" and not found[0].startswith(("0", "+", "(0")):
            start, digits = start - 1, f"0{digits}"
        digits = _DRESSED_UP.sub("", _HOME.sub("0", digits))
    elif found["foreign"]:
        digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    kind, network = judge(digits)
    if kind is PhoneKind.UNKNOWN and not found[0].startswith(("+", "0")):
        return None  # digits that only begin like a number
    if kind is PhoneKind.UNKNOWN and "/" in {flat[start - 1 : start], flat[found.end() : found.end() + 1]}:
        return None  # "0123456789/HD"
    like = _like(digits) if kind is PhoneKind.FOREIGN else ""
    return Phone((start, found.end()), digits, kind, network, like)


def _like(number: str) -> str:
    """What a foreign number would be of, read without its plus sign or with a 0 for it."""
    return number[1:5] if number.startswith(("+1800", "+1900")) else judge(f"0{number[1:]}")[1]


def judge(number: str) -> tuple[PhoneKind, str]:
    """The kind of a number as dialled in Vietnam, and the network or area it was given to."""
    if len(number) == 10 and number[:3] in _NETWORK:
        return PhoneKind.MOBILE, _NETWORK[number[:3]]
    kind = next((kind for kind, form in _FORMS if form.fullmatch(number)), PhoneKind.UNKNOWN)
    if kind is PhoneKind.FOREIGN:
        return kind, _country(number)
    if kind is not PhoneKind.FIXED:
        return kind, ""
    area = _AREAS.get(number[:3]) or _AREAS.get(number[:4], "")
    return (kind, area) if area else (PhoneKind.UNKNOWN, "")


def is_dear(number: str) -> bool:
    """Whether a message to this service number costs 5,000 to 15,000 đồng: 6xxx, 7xxx and 8xxx whose second digit is 5 to 7."""
    return _DEAR.fullmatch(number) is not None


def _country(number: str) -> str:
    """Whence a number of a prefix that the networks warn of comes; "" for others."""
    return next((country for prefix, country in _RING_BACK if number.startswith(prefix)), "")


_DEAR = re.compile("[678][567][0-9][0-9]")
_FORMS = (
    (PhoneKind.FOREIGN, re.compile(r"\+\d+")),
    (PhoneKind.FREE, re.compile(r"1800\d{4,6}")),
    (PhoneKind.PAID, re.compile(r"1900\d{4,6}")),
    (PhoneKind.FIXED, re.compile(r"02\d{9}|069\d{6,8}")),
    (PhoneKind.SHORT, re.compile(r"[1-9]\d{2,4}")),
    (
        PhoneKind.NAME,
        re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ._&\-]{1,10}"),
    ),  # GSM 03.40: at most eleven characters
)
# Quyết định 2036/QĐ-BTTTT of 2016 on the new area codes; 069 is the network of the ministries of defence and public security.
_AREA_CODES = (
    ("0203 Quảng Ninh 0204 Bắc Giang 0205 Lạng Sơn 0206 Cao Bằng 0207 Tuyên Quang 0208 Thái Nguyên 0209 Bắc Kạn"),
    ("0210 Phú Thọ 0211 Vĩnh Phúc 0212 Sơn La 0213 Lai Châu 0214 Lào Cai 0215 Điện Biên 0216 Yên Bái 0218 Hòa Bình"),
    (
        "0219 Hà Giang 0220 Hải Dương 0221 Hưng Yên 0222 Bắc Ninh 0225 Hải Phòng 0226 Hà Nam 0227 Thái Bình 0228 Nam Định"
    ),
    ("0229 Ninh Bình 0232 Quảng Bình 0233 Quảng Trị 0234 Thừa Thiên Huế 0235 Quảng Nam 0236 Đà Nẵng 0237 Thanh Hóa"),
    ("0238 Nghệ An 0239 Hà Tĩnh 024 Hà Nội 0251 Đồng Nai 0252 Bình Thuận 0254 Bà Rịa - Vũng Tàu 0255 Quảng Ngãi"),
    (
        "0256 Bình Định 0257 Phú Yên 0258 Khánh Hòa 0259 Ninh Thuận 0260 Kon Tum 0261 Đắk Nông 0262 Đắk Lắk 0263 Lâm Đồng"
    ),
    (
        "0269 Gia Lai 0270 Vĩnh Long 0271 Bình Phước 0272 Long An 0273 Tiền Giang 0274 Bình Dương 0275 Bến Tre 0276 Tây Ninh"
    ),
    ("0277 Đồng Tháp 028 TP. Hồ Chí Minh 0290 Cà Mau 0291 Bạc Liêu 0292 Cần Thơ 0293 Hậu Giang 0294 Trà Vinh"),
    ("0296 An Giang 0297 Kiên Giang 0299 Sóc Trăng 069 Bộ Công an, Bộ Quốc phòng"),
)
_AREAS = dict(re.findall(r"(0\d{2,3}) (\D+?)(?= 0|$)", " ".join(_AREA_CODES)))
