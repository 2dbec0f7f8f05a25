"""What allauth asks of us: a new login gets its person, and nobody is told who has an account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from talanoa.kernel import clock
from talanoa.people.actions import claim_address, link_login
from talanoa.people.models import User
from talanoa.people.queries import person_of


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


class AddAddressForm(AddEmailForm):
    """A further address of one's login: that one said it is one's own is kept, though its code never comes back."""

    def save(self, request: HttpRequest) -> EmailAddress:
        """Keep the address as said, and send its code."""
        person = person_of(self.user)
        if person is not None:
            claim_address(person, address=self.cleaned_data["email"], at=clock.now())
        return super().save(request)
