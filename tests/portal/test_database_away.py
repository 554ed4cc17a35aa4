"""The database goes away while somebody works: every page says so, and gives back what was typed."""

import pytest
from cascades import of
from cast import PASSWORD, Cast, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from outages import stop_this_connection
from scenes import set_up

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_that_cannot_be_read_says_when_to_come_back(cast: Cast) -> None:
    client = signed_in_as(cast.binh)
    stop_this_connection()
    answer = client.get(f"/viec/{cast.district.pk}/")
    connection.close()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Những gì đã lưu vẫn còn nguyên" in answer.content.decode()


def test_a_letter_being_passed_on_can_be_sent_again_as_it_was_typed(cast: Cast) -> None:
    client, address = signed_in_as(cast.binh), f"/giao-viec/{of(cast.district, set_up(cast).campaign).pk}/trien-khai/"
    stop_this_connection()
    answer = client.post(address, {"lam": "giao", "body": "Đề nghị <khẩn>", "units": ["7", "8"]})
    connection.close()
    page = answer.content.decode()
    assert answer.status_code == 503
    assert 'name="body" value="Đề nghị &lt;khẩn&gt;"' in page
    assert 'name="lam" value="giao"' in page
    assert all(f'name="units" value="{key}"' in page for key in (7, 8))


def test_files_and_passwords_are_asked_for_again_and_not_written_into_the_page(cast: Cast) -> None:
    clerk = signed_in_as(cast.an)
    stop_this_connection()
    file = SimpleUploadedFile("thu.txt", "Số: 1/CV".encode())
    uploaded = clerk.post(f"/so-van-ban/{cast.department.pk}/nhan/", {"file": file, "text": ""})
    connection.close()
    stop_this_connection()
    entering = Client().post("/tai-khoan/login/", {"login": cast.an.email, "password": PASSWORD, "device": "own"})
    connection.close()
    for answer in (uploaded, entering):
        assert answer.status_code == 503
        assert "phải chọn hoặc nhập lại" in answer.content.decode()
    assert PASSWORD not in entering.content.decode()
