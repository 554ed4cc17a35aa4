"""What a payment QR asks for: the EMVCo payload that VietQR uses, taken apart.

Sources: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1; NAPAS, VietQR (field 38, GUID A000000727).
"""

import re
from dataclasses import dataclass

from lachan.engine.scams import knowledge

_VIETQR = "A000000727"
_START = "000201"


class NotPayment(ValueError):
    """The text is no payment code; the message says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What will be paid to whom when the code is scanned. Empty where the code does not say."""

    bin: str
    bank: knowledge.Bank | None  # None: a BIN that is not in the list
    account: str
    to_card: bool
    amount: str  # digits as in the code, in the currency
    currency: str  # "704" is the đồng
    name: str
    city: str
    purpose: str
    intact: bool  # the checksum agrees

    @property
    def is_fixed(self) -> bool:
        """Whether the amount is set by the code."""
        return bool(self.amount)

    @property
    def words(self) -> str:
        """The words by which the payment is judged, as a message would ask for it."""
        bank = self.bank.short_name if self.bank else ""
        parts = (f"STK {self.account}", bank, self.name, self._amount("vi"), self.purpose)
        return ", ".join(part for part in parts if part)

    def sentence(self, language: str = "vi") -> str:
        """What happens when the code is scanned and agreed to, in "vi" or "en"."""
        vi = language == "vi"
        bank = self.bank.short_name if self.bank else (_UNKNOWN_BANK if vi else _UNKNOWN_BANK_EN).format(bin=self.bin)
        holder = f" ({self.name})" if self.name else ""
        if vi:
            to = "thẻ" if self.to_card else "tài khoản"
            said = f"Quét mã này là chuyển {self._amount('vi') or 'số tiền tự nhập'} tới {to} {self.account}{holder}, {bank}"
            said += f", nội dung “{self.purpose}”." if self.purpose else "."
            return said if self.intact else f"{said} {_BROKEN}"
        to = "card" if self.to_card else "account"
        said = f"Scanning this code pays {self._amount('en') or 'an amount you enter'} to {to} {self.account}{holder}, {bank}"
        said += f", with the note “{self.purpose}”." if self.purpose else "."
        return said if self.intact else f"{said} {_BROKEN_EN}"

    def _amount(self, language: str) -> str:
        """The amount as it is read aloud; "" where the payer enters it."""
        whole, _, rest = self.amount.partition(".")
        if not (whole.isascii() and whole.isdigit()):
            return self.amount
        groups = f"{int(whole):,}"
        unit = {"vi": "đồng", "en": "VND"}[language] if self.currency in {"", "704"} else f"({self.currency})"
        if language == "vi":
            return f"{groups.replace(',', '.')}{f',{rest}' if rest.strip('0') else ''} {unit}"
        return f"{groups}{f'.{rest}' if rest.strip('0') else ''} {unit}"


_UNKNOWN_BANK = "ngân hàng không có trong danh sách (mã {bin})"
_UNKNOWN_BANK_EN = "at a bank that is not in the list (BIN {bin})"
_BROKEN = "Mã kiểm tra không khớp: mã đã bị sửa hoặc hỏng, đừng chuyển."
_BROKEN_EN = "Its checksum does not agree: the code was changed or is damaged; do not pay."


def read(payload: str) -> Payment:
    """The payment that `payload` asks for. Raises `NotPayment`."""
    text = payload.strip()
    if not text.startswith(_START):
        raise NotPayment("Đây không phải mã QR thanh toán: mã thanh toán bắt đầu bằng 000201.")
    fields = _fields(text)
    account = _fields(fields.get("38", ""))
    if account.get("00") != _VIETQR:
        raise NotPayment("Mã QR thanh toán này không theo chuẩn VietQR, nên không biết tiền về tài khoản nào.")
    to = _fields(account.get("01", ""))
    number = to.get("00", "")
    return Payment(
        number,
        knowledge.banks().get(number),
        to.get("01", ""),
        account.get("02", "") == "QRIBFTTC",
        fields.get("54", ""),
        fields.get("53", ""),
        fields.get("59", ""),
        fields.get("60", ""),
        _fields(fields.get("62", "")).get("08", ""),
        intact=_intact(text),
    )


def find(text: str) -> Payment | None:
    """The payment code in `text`, where there is one."""
    found = re.search(r"000201\d{2}\S.{20,600}", text)
    if not found:
        return None
    try:
        return read(found[0])
    except NotPayment:
        return None


def _fields(text: str) -> dict[str, str]:
    """Fields of two digits, two digits of length, and so many characters. What is cut short is taken as it is."""
    fields: dict[str, str] = {}
    at = 0
    while at + 4 <= len(text):
        name, size = text[at : at + 2], text[at + 2 : at + 4]
        if not (size.isascii() and size.isdigit()):
            raise NotPayment(f"Mã QR thanh toán hỏng ở ký tự {at + 3}: chỗ này phải là hai chữ số.")
        fields.setdefault(name, text[at + 4 : at + 4 + int(size)])
        at += 4 + int(size)
    return fields


def _intact(text: str) -> bool:
    place = text.rfind("6304")
    return place > 0 and checksum(text[: place + 4]) == text[place + 4 : place + 8].upper()


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE of `text` in four hexadecimal digits, as field 63 carries it."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"
