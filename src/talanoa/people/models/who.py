"""Logins, persons, and who may open processes."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """Stakeholder groups [WGIG 2005; NETmundial 2014]."""

    GOVERNMENT = "government", _("Government")
    PRIVATE_SECTOR = "private_sector", _("Private sector")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    TECHNICAL_COMMUNITY = "technical_community", _("Technical community")
    ACADEMIA = "academia", _("Academia")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organization")
    OTHER = "other", _("Other or undeclared")


class UserAccounts(BaseUserManager["User"]):
    """Makes logins; there is no superuser in this project."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save a login for `email`; without a password it signs in by mailed code."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A login. It holds no rights: those belong to a Participant of a process."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)

    objects = UserAccounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email


class PersonQuerySet(models.QuerySet["Person"]):
    """Filters on persons."""

    def visible_to(self, person: "Person | None") -> "PersonQuerySet":
        """Return the rows that `person` may read: their own."""
        return self.filter(pk=person.pk) if person else self.none()


class Person(models.Model):
    """The subject of acts."""

    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(_("name"), max_length=300)
    address = models.EmailField(_("e-mail address"), blank=True)
    # When its owner first showed that they read what is sent there; None while anybody may have named it.
    address_proven_at = models.DateTimeField(null=True)
    group = models.CharField(_("stakeholder group"), max_length=24, choices=Group, default=Group.OTHER)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    country = models.CharField(_("country or region"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC")

    # The roles of an office count for nothing while a login asks that has not shown its second factor.
    may_use_office: bool = True

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address"], condition=~Q(address=""), name="person_address_once")
        ]
        # To find a person by their address: the index of the constraint above serves only who asks as it does.
        indexes = [models.Index(fields=["address"], name="person_by_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def may_convene(self) -> bool:
        """Tell whether the operator appointed this person to open processes here."""
        return Appointment.objects.filter(person=self).exists()


class ClaimedAddressQuerySet(models.QuerySet["ClaimedAddress"]):
    """Filters on addresses that people said are theirs."""

    def visible_to(self, person: Person | None) -> "ClaimedAddressQuerySet":
        """Return the rows that `person` may read: their own."""
        return self.filter(person=person) if person else self.none()


class ClaimedAddress(models.Model):
    """An address that somebody said is theirs too, whether or not they ever confirmed it.

    It opens nothing and nothing is sent there; conflicts of interest look at it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claimed")
    address = models.EmailField()
    claimed_at = models.DateTimeField()

    objects = ClaimedAddressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="address_claimed_once")]

    def __str__(self) -> str:
        return self.address


class Appointment(models.Model):
    """The operator let a person open processes. `name` is how the person was called then."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="appointment")
    name = models.CharField(max_length=300)
    appointed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
