"""Buttons and whole forms. See design.py beside this."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lachan.foundation.design import Words
from lachan.foundation.templatetags.design_fields import field, messages_of

register = template.Library()
KINDS = ("primary", "secondary", "warning", "quiet")


def attributes(words: dict[str, Any]) -> SafeString:
    """{"hx_post": "/x"} → ` hx-post="/x"`; True gives a bare attribute, False and None none."""
    kept = [(name.replace("_", "-"), value) for name, value in words.items() if value not in (None, False)]
    return format_html_join("", ' {}="{}"', ((name, "" if value is True else value) for name, value in kept))


def _class(kind: str) -> str:
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"a button is one of {KINDS}, not {kind!r}")
    return f"button button-{kind}"


@register.simple_tag
def button(word: Words, kind: str = "primary", **more: Any) -> SafeString:
    """A button that submits the form it is in."""
    return format_html('<button type="submit" class="{}"{}>{}</button>', _class(kind), attributes(more), word)


@register.simple_tag
def link_button(word: Words, href: str, kind: str = "primary", **more: Any) -> SafeString:
    """A link that looks like a button: for going somewhere, never for changing something."""
    return format_html('<a href="{}" class="{}"{}>{}</a>', href, _class(kind), attributes(more), word)


@register.simple_tag(takes_context=True)
def post_button(context: Context, word: Words, action: str, kind: str = "primary", **hidden: Any) -> SafeString:
    """One button that does one thing: a form of its own; the other arguments become hidden fields."""
    return format_html(
        '<form method="post" action="{}" class="one-button">{}{}<button type="submit" class="{}">{}</button></form>',
        action,
        csrf_field(context),
        format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden.items()),
        _class(kind),
        word,
    )


def csrf_field(context: Context) -> SafeString:
    """The hidden field of Django's {% csrf_token %}."""
    token = context.get("csrf_token")
    return (
        format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token) if token else SafeString("")
    )


@register.simple_block_tag
def buttons(content: str) -> SafeString:
    """A row of buttons, the first one the most important."""
    return format_html('<div class="buttons">{}</div>', content)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Every field of a form, one under another."""
    return format_html_join("", "{}", ((field(bound),) for bound in form))


@register.simple_tag
def error_summary(*bound_forms: BaseForm | Iterable[BaseForm] | None) -> SafeString:
    """What is wrong and where, on top of the page, each line a link to its field. Nothing when nothing is wrong."""
    lines = [line for form in _flat(bound_forms) for line in _problems(form)]
    return render_to_string("foundation/components/error_summary.html", {"lines": lines}) if lines else SafeString("")


def _flat(bound_forms: Iterable[Any]) -> Iterable[BaseForm]:
    for form in bound_forms:
        if isinstance(form, BaseForm):
            yield form
        elif form is not None:
            yield from form


def _problems(form: BaseForm) -> Iterable[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"href": "", "text": str(message)}
    for bound in form:
        for message in messages_of(bound):
            named = str(bound.label) in message
            yield {"href": first_control(bound), "text": message if named else f"{bound.label}: {message}"}


def first_control(bound: BoundField) -> str:
    """The id that a link to this field goes to: that of its first control."""
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.simple_tag(takes_context=True)
def whole_form(context: Context, form: BaseForm, word: Words, action: str = "", kind: str = "primary") -> SafeString:
    """Error summary, all fields and one button, sent by post."""
    return format_html(
        '<form method="post" action="{}" novalidate{}>{}{}{}<div class="buttons">{}</div></form>',
        action,
        attributes({"enctype": "multipart/form-data" if form.is_multipart() else None}),
        csrf_field(context),
        error_summary(form),
        form_fields(form),
        button(word, kind),
    )


@register.simple_block_tag
def fieldset(content: str, legend: Words, hint: Words = "") -> SafeString:
    """Fields that belong together."""
    name = f"hint-{slugify(str(legend))}"
    return format_html(
        '<fieldset class="fieldset"{}><legend>{}</legend>{}{}</fieldset>',
        attributes({"aria-describedby": name if hint else None}),
        legend,
        format_html('<p class="hint" id="{}">{}</p>', name, hint) if hint else "",
        content,
    )


@register.simple_tag
def autosave(url: str) -> SafeString:
    """Attributes of a <form> that is saved as one types. The button that submits it still works by itself."""
    return attributes(
        {
            "data_autosave": True,
            "hx_post": url,
            "hx_trigger": "input delay:1s, change",
            "hx_target": "#autosave-status",
            "hx_swap": "innerHTML",
            "hx_sync": "this:queue last",
        }
    )


@register.simple_tag
def autosave_status(saved_at: Any = None) -> SafeString:
    """Where an autosaved form says when it was last saved."""
    said = render_to_string("foundation/components/saved.html", {"at": saved_at}) if saved_at else ""
    return format_html(
        '<p id="autosave-status" class="autosave" role="status" data-failed="{}">{}</p>',
        _("Chưa lưu được. Nội dung anh/chị nhập vẫn còn trên máy này; hãy kiểm tra mạng rồi bấm Lưu."),
        said,
    )
