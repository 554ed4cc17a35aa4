"""How Django's controls become HTML: the plain ones put together here, every other by its template.

Django takes up two templates for an input and two for each option of a list; a page to be filled in has a hundred inputs.
What comes out is Django's own, but for spaces between tags.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]  # "widget" of a widget's get_context()
WIDGETS = "django/forms/widgets/"
INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "time", "datetime", "checkbox")


class WidgetRenderer(TemplatesSetting):
    """Django's renderer by templates, with a short way for inputs, text areas and lists of options."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        drawn = DRAWN.get(template_name)
        return drawn(context["widget"]) if drawn else super().render(template_name, context, request)


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {safe(name)}" if value is True else f' {safe(name)}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _text(value: Any) -> str:
    return safe(value if isinstance(value, SafeString) else str(value))


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return SafeString(
        f'<input type="{safe(widget["type"])}" name="{safe(widget["name"])}"{value}{_attributes(widget["attrs"])}>'
    )


def _textarea(widget: Widget) -> SafeString:
    written = safe(widget["value"]) if widget["value"] else ""
    return SafeString(f'<textarea name="{safe(widget["name"])}"{_attributes(widget["attrs"])}>\n{written}</textarea>')


def _select(widget: Widget) -> SafeString:
    groups = "".join(_options(name, options) for name, options, _place in widget["optgroups"])
    return SafeString(f'<select name="{safe(widget["name"])}"{_attributes(widget["attrs"])}>{groups}</select>')


def _options(group: str | None, options: list[Widget]) -> str:
    drawn = "".join(
        f'<option value="{_text(one["value"])}"{_attributes(one["attrs"])}>{safe(one["label"])}</option>\n'
        for one in options
    )
    return f'<optgroup label="{safe(group)}">{drawn}</optgroup>' if group else drawn


DRAWN: dict[str, Callable[[Widget], SafeString]] = {
    **{f"{WIDGETS}{name}.html": _input for name in INPUTS},
    f"{WIDGETS}textarea.html": _textarea,
    f"{WIDGETS}select.html": _select,
}
