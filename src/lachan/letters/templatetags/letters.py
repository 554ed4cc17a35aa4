"""What the pages of letters say."""

from django import template

from lachan.letters import citing

register = template.Library()
register.filter("issuer_in_words", citing.issuer_in_words)
