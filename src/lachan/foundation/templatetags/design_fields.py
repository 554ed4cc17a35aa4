"""One field of a form: label, hint, what is wrong, control. See design.py beside this.

Put together here and not by a template: a page to be filled in has a hundred of them.
"""

from django import forms, template
from django.core.validators import validate_email
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lachan.foundation.templatetags.design_show import state

register = template.Library()
NOTHING = SafeString("")


@register.simple_tag
def field(bound: BoundField, width: str = "medium", source: str = "", doubtful: bool = False) -> SafeString:
    """Label, hint, error and control. `source` is the anchor of the stretch of text beside the form it was read from."""
    if bound.is_hidden:
        return bound.as_widget()
    layout = _layout(bound)
    before = _source(bound, source, doubtful)
    return format_html(
        '<div class="field field-{}{}{}">{}</div>',
        layout,
        " field-wrong" if bound.errors else "",
        " field-doubtful" if doubtful else "",
        _LAYOUTS[layout](bound, before, width),
    )


def _checkbox(bound: BoundField, _before: SafeString, _width: str) -> SafeString:
    return format_html(
        '{}<div class="choice">{}<label for="{}">{}</label></div>{}',
        field_errors(bound),
        bound.as_widget(),
        bound.id_for_label,
        bound.label,
        field_hint(bound),
    )


def _line(bound: BoundField, before: SafeString, width: str) -> SafeString:
    control = bound.as_widget(attrs=_control(bound, width))  # first: it gives a date its hint
    return format_html(
        '<div class="field-head"><label for="{}">{}</label>{}</div>{}{}{}',
        bound.id_for_label,
        field_label(bound),
        before,
        field_hint(bound),
        field_errors(bound),
        control,
    )


def _several(bound: BoundField, before: SafeString, width: str) -> SafeString:
    """A group of controls under one legend: choices each with its own label, or a control of several parts."""
    if _layout(bound) == "choices":
        controls = format_html_join(
            "",
            '<div class="choice">{}<label for="{}">{}</label></div>',
            ((one.tag(), one.id_for_label, one.choice_label) for one in bound),
        )
    else:
        controls = bound.as_widget(attrs=_control(bound, width))
    return format_html(
        "<fieldset{}><legend>{}</legend>{}{}{}{}</fieldset>",
        format_html(' aria-describedby="{}"', bound.aria_describedby) if bound.aria_describedby else "",
        field_label(bound),
        before,
        field_hint(bound),
        field_errors(bound),
        controls,
    )


_LAYOUTS = {"checkbox": _checkbox, "line": _line, "choices": _several, "group": _several}


@register.simple_tag
def pills(bound: BoundField) -> SafeString:
    """A few choices side by side, each large enough for a thumb: radio buttons or tick boxes."""
    return format_html(
        '<div class="field{}"><fieldset><legend>{}</legend>{}<div class="pills">{}</div></fieldset></div>',
        " field-wrong" if bound.errors else "",
        field_label(bound),
        field_errors(bound),
        format_html_join(
            "",
            '<label class="pill" for="{}">{}<span>{}</span></label>',
            ((one.id_for_label, one.tag(), one.choice_label) for one in bound),
        ),
    )


@register.simple_tag
def field_label(bound: BoundField) -> SafeString:
    """What a field is called, and whether it may stay empty."""
    if bound.field.required:
        return format_html("{}", bound.label)
    return format_html('{} <span class="optional">({})</span>', bound.label, _("không bắt buộc"))


@register.simple_tag
def field_hint(bound: BoundField) -> SafeString:
    """The hint of a field, named as the control's description."""
    if not bound.help_text:
        return NOTHING
    return format_html('<p class="hint" id="{}_helptext">{}</p>', bound.auto_id, bound.help_text)


@register.simple_tag
def field_errors(bound: BoundField) -> SafeString:
    """What is wrong with a field, a line each, named as the control's description."""
    if not bound.errors:
        return NOTHING
    lines = format_html_join(
        "",
        '<span class="field-error-line"><span class="away">{} </span>{}</span>',
        ((_("Cần sửa:"), one) for one in messages_of(bound)),
    )
    return format_html('<p class="field-error" id="{}_error">{}</p>', bound.auto_id, lines)


def _source(bound: BoundField, anchor: str, doubtful: bool) -> SafeString:
    link = format_html(
        '<a class="field-source" href="#{}">{}<span class="away">: {}</span></a>',
        anchor,
        _("Xem trong văn bản"),
        bound.label,
    )
    return format_html("{}{}", state("doubtful") if doubtful else "", link if anchor else "")


def _control(bound: BoundField, width: str) -> dict[str, str | bool]:
    """Attributes of the control. A number is typed as text: browsers throw away what they cannot read, "1.250" too."""
    widget = bound.field.widget
    more: dict[str, str | bool] = {}
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)
    if isinstance(widget, forms.DateInput) and not bound.help_text:
        bound.help_text = _("Ví dụ: 18/11/2024")
    if isinstance(widget, forms.DateInput | forms.NumberInput):
        more["inputmode"] = "numeric"
    if isinstance(widget, forms.DateInput | forms.DateTimeInput | forms.TimeInput | forms.NumberInput):
        width = "short"
    return {"class": f"control width-{width} {widget.attrs.get('class', '')}".strip(), **more}


def messages_of(bound: BoundField) -> list[str]:
    """What is wrong with a field. Where Django's own words say neither where nor what to do, ours do."""
    return [_better(str(message), bound) for message in bound.errors]


def _better(message: str, bound: BoundField) -> str:
    label = {"label": bound.label}
    if message == str(forms.Field.default_error_messages["required"]):
        chosen = isinstance(bound.field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
        return _("Hãy chọn “%(label)s”.") % label if chosen else _("Hãy điền “%(label)s”.") % label
    if message == str(forms.DateField.default_error_messages["invalid"]):
        return _("Ô “%(label)s” cần là một ngày, ví dụ 18/11/2024.") % label
    if message == str(forms.IntegerField.default_error_messages["invalid"]):
        return _("Ô “%(label)s” cần là số nguyên, ví dụ 1250.") % label
    if message == str(validate_email.message):
        return _("Ô “%(label)s” cần là địa chỉ thư điện tử, ví dụ ten@tinh.gov.vn.") % label
    return message


def _is_choices(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def _layout(bound: BoundField) -> str:
    if _is_choices(bound):
        return "choices"
    if bound.use_fieldset:
        return "group"
    return "checkbox" if isinstance(bound.field.widget, forms.CheckboxInput) else "line"
