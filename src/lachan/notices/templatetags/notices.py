"""{% load notices %}: how many notices wait to be read."""

from django import template
from django.template import Context

from lachan.notices.models import Notice

register = template.Library()


@register.simple_tag(takes_context=True)
def unread(context: Context) -> int:
    """Of the person who looks at the page."""
    return Notice.objects.filter(person=context["user"].pk, read_at=None).count()
