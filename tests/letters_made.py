"""Letters of the cast's own: `from letters_made import HEADING, a_draft, issued`."""

from dataclasses import replace
from datetime import date

from cast import NOW, Cast

from lachan.letters import actions, drafting
from lachan.letters.actions import Content, Heading
from lachan.letters.models import Letter
from lachan.orgs.models import Unit

HEADING = Heading(
    doc_type="công văn",
    issuer="ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
    issuer_parent="",
    symbol="UBND-VX",
    place="Sông Lam",
    abstract="tăng cường phòng, chống lừa đảo trực tuyến",
    signer_name="Lê Văn Bảy",
    signer_title="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
    dated_on=date(2025, 3, 5),
)
CONTENT = Content(
    recipients=["UBND các huyện, thị xã, thành phố"],
    bases=["Căn cứ Luật An ninh mạng ngày 12/6/2018"],
    body=(
        "Ủy ban nhân dân tỉnh yêu cầu:\n1. Tuyên truyền đến từng hộ dân.\n"
        "a) Trên loa truyền thanh;\n- Báo cáo trước ngày 20/4/2025."
    ),
    authority=["TM. ỦY BAN NHÂN DÂN"],
    copies=["Như trên", "Lưu: VT, VX"],
    annex_title="Kết quả tuyên truyền",
    annex_rows=[["Số buổi", "buổi", "Dành cho UBND cấp xã"]],
)
PLAIN = replace(CONTENT, annex_title="", annex_rows=[])


def issued(
    cast: Cast, holder: Unit | None = None, *, heading: Heading = HEADING, refers_to: Letter | None = None
) -> Letter:
    return actions.issue(
        holder=holder or cast.province, heading=heading, content=CONTENT, refers_to=refers_to, by=cast.an, now=NOW
    )


def a_draft(cast: Cast, *, heading: Heading = HEADING, content: Content = PLAIN) -> Letter:
    return drafting.begin(holder=cast.province, heading=heading, content=content, refers_to=None, by=cast.an, now=NOW)
