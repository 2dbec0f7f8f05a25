"""What allauth asks of us, with what only the site knows: that mail to the one who signs in came back."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from talanoa.mail.queries import is_silenced
from talanoa.people.adapters import AccountAdapter
from talanoa.people.models import User
from talanoa.people.queries import person_of


class SiteAdapter(AccountAdapter):
    """Says at every sign-in that letters are held back, until they are turned on again."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in."""
        super().login(request, user)
        person = person_of(user)
        if person is not None and is_silenced(person):
            told = _("No letters are sent to you: too many came back. You can turn them on again on My page.")
            messages.warning(request, told)
