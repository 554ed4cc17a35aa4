"""Three documents in the genre, written for the tests: a letter passing a campaign on, a decision, a report."""

from decimal import Decimal

from lachan.engine.layout import (
    Annex,
    Column,
    DocumentDate,
    GroupRow,
    Heading,
    Level,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    Signer,
    Span,
    Table,
    Urgency,
)

_FORM = Table(
    columns=(
        Column("STT", "index"),
        Column("Nội dung"),
        Column("Đơn vị tính"),
        Column("Số lượng", "number"),
        Column("Ghi chú"),
    ),
    rows=(
        Row(("1", "Số buổi tuyên truyền trực tiếp", "buổi", None, "")),
        Row(("2", "Số lượt người được nghe tuyên truyền trực tiếp", "lượt", None, "")),
        Row(("3", "Số lượt phát trên hệ thống truyền thanh cơ sở", "lượt", None, "Dành cho UBND cấp xã")),
        Row(("4", "Số tổ công nghệ số cộng đồng tham gia", "tổ", None, "Dành cho UBND cấp xã")),
    ),
    missing="",
)

LETTER = OfficialDocument(
    parent="UBND tỉnh Lam Sơn",
    agency="Sở Khoa học và Công nghệ",
    symbol="SKHCN-CĐS",
    place="Lam Sơn",
    date=DocumentDate(2026, 11),
    abstract="triển khai đợt cao điểm tuyên truyền phòng, chống lừa đảo trực tuyến dịp cuối năm 2026",
    urgency=Urgency.URGENT,
    addressees=(
        "Các sở, ban, ngành cấp tỉnh",
        "Ủy ban nhân dân các xã, phường",
        "Báo và Phát thanh, Truyền hình Lam Sơn; các doanh nghiệp viễn thông trên địa bàn tỉnh",
        "Trường Đại học Lam Sơn",
    ),
    body=(
        Paragraph(
            "Thực hiện Kế hoạch số 214/KH-UBND ngày 03/11/2026 của Ủy ban nhân dân tỉnh về phòng, chống lừa đảo trực "
            "tuyến trên địa bàn tỉnh, Sở Khoa học và Công nghệ đề nghị các cơ quan, đơn vị, địa phương triển khai một "
            "số nội dung sau:"
        ),
        Heading("Nội dung tuyên truyền", "1", Level.CLAUSE),
        ListItem("Nhận biết cuộc gọi, tin nhắn mạo danh cơ quan công an, ngân hàng, điện lực, trường học."),
        ListItem("Ba việc cần làm khi nghi bị lừa: dừng chuyển tiền, gọi ngân hàng, trình báo công an nơi gần nhất."),
        Heading("Chế độ báo cáo", "2", Level.CLAUSE),
        Paragraph(
            (
                Span("Đề nghị các đơn vị báo cáo kết quả theo mẫu tại Phụ lục kèm theo "),
                Span("trước ngày 20/12/2026", bold=True),
                Span(" để Sở tổng hợp, báo cáo Ủy ban nhân dân tỉnh."),
            )
        ),
        Paragraph(
            "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ Phòng Chuyển đổi số để được hướng dẫn."
        ),
    ),
    signer=Signer(position="Phó Giám đốc", name="Lê Thị Hoài Thương", authority=("KT. GIÁM ĐỐC",)),
    copies=("UBND tỉnh (để b/c)", "Giám đốc Sở (để b/c)", "Cổng thông tin điện tử Sở"),
    filing="CĐS (02)",
    annexes=(Annex("Biểu mẫu báo cáo kết quả tuyên truyền", (_FORM,)),),
    contact=(
        "Địa chỉ: Số 12 đường Lê Lợi, phường Lam Sơn, tỉnh Lam Sơn",
        "Điện thoại: 0237 000 000; thư điện tử: skhcn@lamson.example",
    ),
)

DECISION = OfficialDocument(
    agency="Ủy ban nhân dân tỉnh Lam Sơn",
    symbol="QĐ-UBND",
    number=7,
    place="Lam Sơn",
    date=DocumentDate(2026, 2, 5),
    doc_type="Quyết định",
    abstract="Về việc thành lập Tổ công tác phòng, chống lừa đảo trực tuyến tỉnh Lam Sơn",
    authority="Chủ tịch Ủy ban nhân dân tỉnh",
    legal_bases=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
        "Theo đề nghị của Giám đốc Công an tỉnh",
    ),
    enacting="Quyết định:",
    body=(
        Heading("Thành lập Tổ công tác", "1", Level.ARTICLE),
        Paragraph("Thành lập Tổ công tác phòng, chống lừa đảo trực tuyến tỉnh Lam Sơn gồm 09 thành viên."),
        Heading("Nhiệm vụ", "2", Level.ARTICLE),
        ListItem("Theo dõi, tổng hợp phản ánh của người dân", "a)"),
        ListItem("Đề xuất cảnh báo sớm", "b)"),
        Heading("Hiệu lực", "3", Level.ARTICLE),
        Paragraph("Quyết định này có hiệu lực kể từ ngày ký"),
    ),
    signer=Signer(position="Chủ tịch", name="Nguyễn Văn Bình"),
    copies=("Như Điều 3", "Văn phòng Chính phủ (để b/c)"),
    filing="NC",
)


def report(units: int) -> OfficialDocument:
    """A consolidated report with an annex of `units` rows, on a wide page."""
    columns = (
        Column("STT", "index"),
        Column("Đơn vị"),
        Column("Trực tiếp", "number", ("Số buổi tuyên truyền",)),
        Column("Qua loa truyền thanh", "number", ("Số buổi tuyên truyền",)),
        Column("Học sinh", "number", ("Số lượt người được tuyên truyền", "Trong trường học")),
        Column("Sinh viên", "number", ("Số lượt người được tuyên truyền", "Trong trường học")),
        Column("Ngoài trường học", "number", ("Số lượt người được tuyên truyền",)),
        Column("Tỷ lệ hộ được tiếp cận (%)", "number"),
    )
    rows = (
        Row(
            (
                str(n),
                f"UBND xã Thử Nghiệm Số {n}",
                n % 7,
                n % 31 * 4,
                n * 37,
                None,
                n * 1250,
                Decimal(n % 100) + Decimal("0.5"),
            )
        )
        for n in range(1, units + 1)
    )
    total = Row((None, "Tổng cộng", 3120, 45120, 1250000, None, 8125000, None))
    return OfficialDocument(
        parent="UBND tỉnh Lam Sơn",
        agency="Ban Chỉ đạo phòng, chống tội phạm và xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc",
        symbol="BC-BCĐ",
        number=128,
        place="Lam Sơn",
        date=DocumentDate(2026, 12, 25),
        doc_type="Báo cáo",
        abstract="Kết quả triển khai đợt cao điểm tuyên truyền phòng, chống lừa đảo trực tuyến dịp cuối năm 2026",
        addressees=("Ủy ban nhân dân tỉnh",),
        body=(
            Paragraph("Thực hiện Công văn số 1502/SKHCN-CĐS ngày 12/11/2026, Ban Chỉ đạo tổng hợp kết quả như sau:"),
            Heading("Kết quả thực hiện", "I"),
            Heading("Công tác chỉ đạo", "1", Level.CLAUSE),
            Paragraph("Đến hết ngày 20/12/2026, 1.130 trên 1.200 đơn vị đã gửi báo cáo, đạt 94,2 %."),
            Heading("Số liệu chung", "2", Level.CLAUSE),
            Table(
                caption="Bảng 1. Kết quả theo nhóm đơn vị",
                unit_note="Đơn vị tính: lượt",
                columns=(
                    Column("STT", "index"),
                    Column("Nhóm đơn vị"),
                    Column("Phải báo cáo", "number"),
                    Column("Đã báo cáo", "number"),
                ),
                rows=(
                    GroupRow("Khối tỉnh"),
                    Row(("1", "Sở, ban, ngành", 22, 22)),
                    Row(("2", "Trường đại học, cao đẳng", 9, 7)),
                    GroupRow("Khối xã"),
                    Row(("3", "UBND xã, phường", 1169, 1101)),
                ),
                total=Row((None, "Tổng cộng", 1200, 1130)),
            ),
            Heading("Khó khăn, kiến nghị", "II"),
            Heading("Khó khăn", "a", Level.POINT),
            ListItem("Loa truyền thanh hỏng chưa được sửa (UBND xã Thử Nghiệm Số 4, UBND xã Thử Nghiệm Số 9)."),
            ListItem("Người cao tuổi ít dùng điện thoại thông minh (UBND xã Thử Nghiệm Số 12)."),
            Paragraph("Trên đây là kết quả triển khai, Ban Chỉ đạo kính báo cáo Ủy ban nhân dân tỉnh"),
        ),
        signer=Signer(
            position="Phó Trưởng ban Thường trực", name="Trần Đức Minh", authority=("TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN")
        ),
        copies=("Thành viên Ban Chỉ đạo",),
        filing="BCĐ",
        annexes=(
            Annex("Số liệu theo đơn vị", (Table(columns, tuple(rows), total=total),), landscape=True),
            Annex(
                "Danh sách đơn vị chưa báo cáo",
                (
                    Table(
                        (Column("STT", "index"), Column("Đơn vị"), Column("Hạn gửi"), Column("Tình trạng")),
                        (Row(("1", "UBND xã Thử Nghiệm Số 77", "20/12/2026", "Quá hạn")),),
                    ),
                ),
            ),
        ),
    )
