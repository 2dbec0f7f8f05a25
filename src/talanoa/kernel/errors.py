"""The two ways an action refuses.

    ValidationError
     └── RuleBroken      a rule of the process forbids it now; `code` is listed in docs/rules.md
    PermissionDenied
     └── NotAllowed      this participant may not do it at all

They extend Django's own errors, so that forms and handlers already know what to do with them.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import Promise


class RuleBroken(ValidationError):
    """A rule forbids the step; `code` names the rule and `subjects` what it is about (e.g. `nm-17`)."""

    def __init__(self, message: str | Promise, *, code: str, subjects: Sequence[str] = ()) -> None:
        super().__init__(str(message), code=code)
        self.rule = code
        self.text = str(message)
        self.subjects = tuple(subjects)

    def __str__(self) -> str:
        return self.text


class NotAllowed(PermissionDenied):
    """The participant lacks the role that the step asks for."""

    rule = "not_allowed"

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.text = str(message)
