"""A unit begins a letter of its own: from which pattern, about which letter."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lachan.foundation.http import key_in
from lachan.letters import drafting, patterns
from lachan.letters.access import CLERKS
from lachan.letters.models import Letter
from lachan.orgs.access import StaffRequest, holds, today
from lachan.orgs.models import Unit
from lachan.portal.case import case_of, drafted

LONGEST = 90  # characters of a letter in the list
RECENT = 40  # letters of a book to choose from; for an older one the way leads from its own page


class LetterField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django gives it no parameter at run time
    """A letter, shown by what it is about."""

    def label_from_instance(self, obj: Letter) -> str:
        words = f"{obj}: {obj.abstract}" if obj.abstract else f"{obj}"
        return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


class ComposeForm(forms.Form):
    """Which pattern, about which letter."""

    pattern = forms.ChoiceField(label=gettext_lazy("Mẫu văn bản"), widget=forms.RadioSelect)
    source = LetterField(
        Letter.objects.none(),
        label=gettext_lazy("Văn bản gốc"),
        required=False,
        empty_label=gettext_lazy("không có"),
        help_text=gettext_lazy("Số, ngày, nội dung và hạn báo cáo được điền từ văn bản này."),
    )

    def __init__(self, *args: object, unit: Unit, asked: int | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        pattern, source = self.fields["pattern"], self.fields["source"]
        assert isinstance(pattern, forms.ChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(source, forms.ModelChoiceField)  # noqa: S101
        pattern.choices = [(one.code, one.name) for one in patterns.for_unit(unit)]
        found = [
            key
            for direction in Letter.Direction
            for key in Letter.objects.of_unit(unit, direction).order_by("-id").values_list("pk", flat=True)[:RECENT]
        ]
        if asked:
            known = [Letter.objects.of_unit(unit, direction).filter(pk=asked) for direction in Letter.Direction]
            found += [asked] if any(one.exists() for one in known) else []
        source.queryset = Letter.objects.filter(pk__in=found).newest_first()


@require_http_methods(["GET", "POST"])
@holds(*CLERKS, on="unit")
def compose(request: StaffRequest, unit: Unit) -> HttpResponse:
    """GET: the patterns. POST: a draft in the chosen wording, filled in as far as it can be, to write on."""
    asked = key_in(request.GET.get("tu", "") or request.POST.get("source", ""))
    initial = {"source": asked, "pattern": request.GET.get("mau", "")}
    form = ComposeForm(request.POST or None, unit=unit, asked=asked, initial=initial)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        wording = patterns.find(unit, form.cleaned_data["pattern"])
        assert wording is not None  # noqa: S101 - the form offers only those there are
        heading, content = drafted(case_of(unit, source, request.now), wording, request.now)
        letter = drafting.begin(
            holder=unit,
            heading=heading,
            content=content,
            refers_to=source,
            by=request.user,
            now=request.now,
        )
        return redirect("letters:draft", letter.pk)
    context = {"unit": unit, "version": unit.version_on(today(request)), "form": form}
    return render(request, "portal/compose.html", context, status=422 if form.errors else 200)
