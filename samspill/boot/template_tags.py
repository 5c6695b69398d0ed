"""Filters every template may use after {% load samspill %}."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon from static/icons.svg; with a label it speaks to screen readers, without it is decoration."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="/static/icons.svg#{}"/></svg>',
            label,
            name,
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#{}"/></svg>', name)
