"""What allauth asks of us: a new login gets its person, and nobody is told who has an account."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from talanoa.kernel import clock
from talanoa.people.actions import link_login
from talanoa.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Ties a login to its person once its address was verified."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, linking the login to the person who is known by its verified address."""
        super().login(request, user)
        link_login(user, at=clock.now())

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the signature is allauth's
        """Anyone may sign up."""
        return True

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Do nothing: a login has no name, its person has."""
