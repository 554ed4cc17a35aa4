"""Forms of the pages of units."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Which units to list: by name, on a day."""

    q = forms.CharField(
        label=_("Tên đơn vị"), required=False, max_length=100, help_text=_("Gõ có dấu hoặc không dấu, ví dụ: nong cong")
    )
    ngay = forms.DateField(label=_("Tại ngày"), required=False)
