"""Bodies and groups of bodies named in running text."""

import re
from functools import cache

from lachan.engine.letters.alphabet import UPPER
from lachan.engine.letters.knowledge import words

_AREA = (
    r"(?:tỉnh|thành phố|cấp tỉnh|cấp huyện|cấp xã|huyện|thị xã|quận|xã|phường|đặc khu|"
    r"các huyện(?:, (?:quận, )?thị xã)?(?:,? (?:và )?thành phố)?(?: trực thuộc tỉnh)?|"
    r"các quận, huyện(?:, thị xã)?|các xã(?:, phường)?(?:,? (?:và )?(?:thị trấn|đặc khu))?|"
    r"các tỉnh, thành phố(?: trực thuộc [Tt]rung ương)?)"
)
_NAME = rf"(?:[{UPPER}]\w*(?: [{UPPER}]\w*){{0,4}})"
_BROKEN = re.compile(rf"\s*\n\s*(?=[{UPPER}\-+•\d])(?<!và\n)(?<!,\n)")


@cache
def _named() -> re.Pattern[str]:
    sectors = "|".join(sorted(map(re.escape, words("sectors", ";")), key=len, reverse=True))
    kinds = (
        rf"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Chủ tịch UBND) {_AREA}(?: {_NAME})?",
        rf"(?:Sở|Bộ|Phòng|Ban) (?:{sectors})(?: (?:Tỉnh ủy|Thành ủy|Huyện ủy|tỉnh|huyện))?",
        rf"Công an (?:{_AREA})(?: {_NAME})?|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Văn phòng (?:Tỉnh ủy|Huyện ủy|"
        rf"Thành ủy|UBND \w+|Chính phủ|Quốc hội)|Thanh tra (?:tỉnh|Chính phủ)",
        rf"Đài (?:Phát thanh (?:và|-) Truyền hình|Truyền thanh(?: (?:-|và) Truyền hình)?|PTTH|"
        rf"PT-TH)(?: (?:tỉnh|huyện|{_NAME}))?|Báo {_NAME}|Báo (?:và|,) Đài[^;.,\n]{{0,40}}",
        rf"(?:Hội (?:Liên hiệp Phụ nữ|LHPN|Nông dân|Cựu chiến binh|Chữ thập đỏ|Người cao tuổi)|"
        rf"Liên đoàn Lao động|Ủy ban (?:MTTQ|Mặt trận Tổ quốc)(?: Việt Nam)?|Mặt trận Tổ quốc(?: Việt Nam)?|"
        rf"Đoàn Thanh niên)(?: (?:{_AREA}))?",
        rf"(?:Trung tâm|Cục|Chi cục|Trường|Bệnh viện|Hiệp hội|Kho bạc|Bảo hiểm xã hội|Bưu điện|Ngân hàng|"
        rf"Tổ) (?:[{UPPER}]\w*|tỉnh)(?:(?: và| -|,)? [{UPPER}]\w*| (?:nghệ|tin|thông|hóa|tế|học|nghiệp|pháp|"
        rf"toàn|sát|dục|tạo|lâm|soát|bệnh|tật|số|đồng|nước)\b){{0,9}}",
        r"[Cc]ác (?:sở, ban,? ngành(?:, đoàn thể)?(?: cấp tỉnh| tỉnh)?|cơ quan báo chí|"
        r"cơ quan, đơn vị(?:, địa phương)?|cơ quan, ban, ngành(?:,? đoàn thể)?(?: xã)?|"
        r"phòng, ban(?:, đơn vị)?|"
        r"trường (?:đại học|cao đẳng|học|THPT|THCS|phổ thông)(?:, cao đẳng)?|doanh nghiệp(?: (?:viễn thông|"
        r"bưu chính))?|tổ chức (?:tín dụng|chính trị - xã hội)|ngân hàng(?: thương mại)?|"
        r"xã, phường(?:, thị trấn)?|thôn, (?:bản|tổ dân phố))",
        r"(?:VNPT|Viettel|MobiFone|Mobifone|EVN)(?: [A-ZĐ]\w*){0,3}",
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(kinds)})(?!\w)")


def bodies_named(text: str) -> tuple[str, ...]:
    """The bodies named in `text`, each once, in order of first mention; a new line that begins with a capital ends a name."""
    joined = re.sub(r"[ \t]*\n\s*", " ", _BROKEN.sub(" ¶ ", text))
    return tuple(
        dict.fromkeys(" ".join(match[0].split()) for match in _named().finditer(re.sub(r"[ \t]{2,}", " ", joined)))
    )
