"""Letters in the genre, written for the tests; the province and its people are made up."""

import io

from docx import Document

TO_THE_PROVINCE = """\
UBND TỈNH SÔNG LAM
SỞ THÔNG TIN VÀ TRUYỀN THÔNG

Số: 214/STTTT-CNTT
V/v triển khai Chiến dịch tuyên truyền “Ba chậm trước khi chuyển tiền” năm 2025

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Sông Lam, ngày 10 tháng 3 năm 2025

Kính gửi:
- Các sở, ban, ngành cấp tỉnh;
- UBND các huyện, thị xã, thành phố;
- Báo Sông Lam;
- Câu lạc bộ Thuyền thúng Cửa Sông.

Thực hiện Kế hoạch số 116/KH-UBND ngày 20/02/2025 của UBND tỉnh về phòng, chống lừa đảo trực tuyến, Sở Thông tin và Truyền \
thông đề nghị các cơ quan, đơn vị, địa phương triển khai các nội dung sau:

1. Tổ chức tuyên truyền các thủ đoạn lừa đảo qua điện thoại, tin nhắn trên hệ thống truyền thanh cơ sở. \
Thời gian thực hiện: từ ngày 15/3/2025 đến ngày 15/4/2025.

2. Đề nghị Báo Sông Lam mở chuyên mục hỏi đáp về an toàn trên mạng.

3. Báo cáo kết quả thực hiện về Sở Thông tin và Truyền thông trước ngày 20/4/2025 (theo mẫu tại Phụ lục \
kèm theo) để tổng hợp, báo cáo UBND tỉnh.

Đề nghị các đơn vị quan tâm triển khai thực hiện./.

Nơi nhận:
- Như trên;
- UBND tỉnh (để b/c);
- Lưu: VT, CNTT.

GIÁM ĐỐC

Trần Văn An

Phụ lục
BÁO CÁO KẾT QUẢ TRIỂN KHAI CHIẾN DỊCH

1. Thông tin chung
- Tên đơn vị: ........................................
- Đánh giá kết quả thực hiện: ........................................

2. Thông tin số liệu
STT Nội dung Số lượng Ghi chú
1 Tổng số buổi tuyên truyền
2 Tổng số lượt phát trên hệ thống truyền thanh cơ sở Dành cho UBND cấp huyện
"""

FROM_ABOVE = """BỘ THÔNG TIN VÀ TRUYỀN THÔNG
CỤC AN TOÀN THÔNG TIN

Số: 57/CATTT-NCSC
V/v phối hợp triển khai chiến dịch phòng, chống lừa đảo trực tuyến năm 2025

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 03 tháng 3 năm 2025

Kính gửi: Sở Thông tin và Truyền thông các tỉnh, thành phố trực thuộc Trung ương

Cục An toàn thông tin đề nghị Quý Sở triển khai các nội dung sau:

1. Phổ biến bộ tài liệu nhận biết lừa đảo trực tuyến đến người dân trên địa bàn.

2. Báo cáo kết quả thực hiện về Cục An toàn thông tin trước ngày 25/4/2025 để tổng hợp.

Trân trọng./.

Nơi nhận:
- Như trên;
- Lưu: VT, NCSC.

KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG

Lê Thị Bích
"""


def without_deadline() -> str:
    return TO_THE_PROVINCE.replace(" trước ngày 20/4/2025", "")


def with_two_deadlines() -> str:
    return TO_THE_PROVINCE.replace(
        "để tổng hợp, báo cáo UBND tỉnh.", "để tổng hợp; báo cáo nhanh tuần đầu gửi trước ngày 25/3/2025."
    )


def without_recipients() -> str:
    before, _sep, rest = TO_THE_PROVINCE.partition("Kính gửi:")
    return before + rest.partition("Cửa Sông.\n")[2]


def as_docx(text: str) -> bytes:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
