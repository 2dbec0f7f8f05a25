"""How the blocks of a lesson are called, and where learners write to."""

from django import template
from django.forms import BaseForm

from talanoa.learning.models.runs import ADDRESS
from talanoa.learning.queries import courses, moments
from talanoa.learning.shown import BLOCK_TITLES
from talanoa.lib.courses import Course
from talanoa.lib.lessons import Lesson
from talanoa.mail.posting import outbox

register = template.Library()


@register.filter
def block_title(kind: str) -> str:
    """Return the heading of a block by its kind; empty for prose."""
    return str(BLOCK_TITLES.get(kind, ""))


@register.simple_tag
def learn_address() -> str:
    """Return the address to which learners write."""
    return f"{ADDRESS}@{outbox.domain}"


@register.simple_tag
def lesson_at_hand(form: BaseForm) -> tuple[Course, Lesson] | None:
    """Return course and lesson that help with what is wrong in a form; None where there is none."""
    codes = [error.code for errors in form.errors.as_data().values() for error in errors]
    at = next((moments()[code] for code in codes if code in moments()), None)
    return (courses()[at[0]], courses()[at[0]].lessons[at[1]]) if at else None
