"""Fields of plain Django forms, with what assistive technology needs: `{% load fields %}`.

A field of choices may carry `descriptions = {value: text}`: each is shown under its choice.
"""

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_LATIN = {"email", "url", "tel", "number", "date", "datetime-local", "time"}


@register.filter
def shape(field: BoundField) -> str:
    """Return how a field is laid out: `choices`, `checkbox` or `line`."""
    if isinstance(field.field.widget, _CHOICES):
        return "choices"
    return "checkbox" if isinstance(field.field.widget, forms.CheckboxInput) else "line"


@register.filter
def control(field: BoundField) -> SafeString:
    """Show the widget; what people write finds its own direction, and no placeholder stands in for a label."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    kind = getattr(widget, "input_type", "text")
    attrs: dict[str, str | bool] = {}
    if isinstance(widget, forms.Textarea) or kind in {"text", "search"}:
        attrs["dir"] = "auto"
    elif kind in _LATIN:
        attrs["dir"] = "ltr"
    return field.as_widget(attrs=attrs)


@register.filter
def first_id(field: BoundField) -> str:
    """Return the id of the first thing in the field that can have the focus."""
    if isinstance(field.field.widget, _CHOICES) and field.subwidgets:
        return field.subwidgets[0].id_for_label or ""
    return field.id_for_label or field.auto_id


@register.simple_tag
def choice(field: BoundField, one: BoundWidget) -> SafeString:
    """Show one choice: its control, its label and, where the field has one, its description."""
    told = getattr(field.field, "descriptions", {}).get(str(one.data["value"]))
    id_ = one.id_for_label
    if told:
        one.data["attrs"]["aria-describedby"] = f"{id_}_description"
    label = format_html('<label for="{}">{}</label>', id_, one.choice_label)
    hint = format_html('<p class="hint" id="{}_description">{}</p>', id_, told) if told else ""
    return format_html('<div class="choice">{}{}{}</div>', one.tag(), label, hint)
