"""What the second campaign of the demonstration asks besides its appendix: a table, a list, help and a check."""

from lachan.engine.answers import Column
from lachan.engine.checks import Check, Relation, Severity
from lachan.engine.report_form import Item, QuestionDraft, RowDraft, SectionDraft, TableColumn, TableDraft

CHANNELS = TableDraft(
    "Kết quả theo hình thức tuyên truyền",
    (TableColumn("b", "Số buổi", counted_in="buổi"), TableColumn("n", "Số người dự", counted_in="người")),
    (
        RowDraft("1", "Truyền thanh cơ sở", "Trực tiếp"),
        RowDraft("2", "Họp thôn, tổ dân phố", "Trực tiếp"),
        RowDraft("3", "Tổ công nghệ số cộng đồng đến từng nhà", "Trực tiếp"),
        RowDraft("4", "Nhóm Zalo của thôn, lớp, đơn vị", "Trên mạng"),
    ),
    sum_row=True,
    help_text="Buổi lồng ghép nhiều hình thức thì ghi ở hình thức chính.",
    code="90",
)
CLASSES = QuestionDraft(
    "Các lớp tập huấn đã mở",
    kind="rows",
    required=False,
    columns=(
        Column("ten", "Tên lớp", required=True),
        Column("nguoi", "Số người học", "whole", "người"),
        Column("hinh", "Hình thức", choices=("Trực tiếp", "Trực tuyến", "Kết hợp")),
    ),
    help_text="Mỗi lớp một dòng; không mở lớp nào thì để trống.",
    code="91",
)
MORE: tuple[Item, ...] = (SectionDraft("Kết quả chi tiết", "89"), CHANNELS, CLASSES)
CHECKS = (
    Check(
        Relation.AT_MOST,
        ("90.2.b", "90.2.n"),
        Severity.ASK,
        "Số buổi họp thôn, tổ dân phố đang lớn hơn số người dự. Kiểm tra lại hai ô này.",
    ),
)
