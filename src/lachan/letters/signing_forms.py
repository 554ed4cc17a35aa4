"""What is given on the page where a letter is signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_KEY = 200_000  # bytes; a PKCS#12 file has a few thousand


class KeyForm(forms.Form):
    """A PKCS#12 file with its password, and if wished the picture of the signature. Nothing of it is kept."""

    key = forms.FileField(
        label=_("Tệp chứng thư số (.p12, .pfx)"), widget=forms.FileInput(attrs={"accept": ".p12,.pfx"})
    )
    password = forms.CharField(
        label=_("Mật khẩu của tệp chứng thư"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Tệp và mật khẩu chỉ dùng cho lần ký này, không lưu lại."),
    )
    picture = forms.FileField(
        label=_("Hình chữ ký hoặc hình dấu"),
        required=False,
        help_text=_("Tệp PNG nền trong suốt: chữ ký màu xanh, dấu màu đỏ."),
        widget=forms.FileInput(attrs={"accept": ".png"}),
    )

    def clean_key(self) -> Any:
        """Not larger than such a file ever is."""
        file = self.cleaned_data["key"]
        if file.size > LARGEST_KEY:
            raise forms.ValidationError(_("Tệp này quá lớn, không phải tệp chứng thư."))
        return file


class SignedForm(forms.Form):
    """The PDF, signed elsewhere."""

    file = forms.FileField(label=_("Bản PDF đã ký"), widget=forms.FileInput(attrs={"accept": ".pdf"}))
