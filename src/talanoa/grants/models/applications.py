"""Applications, who applies, and who may not judge them.

Who applies stands in a table of its own, so that a blind round reads the one and never the other. A conflict of
interest is looked for among all that is known of people each time somebody asks to read, besides those on the record.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from talanoa.grants.models.calls import ResearchCall, sha256_of
from talanoa.grants.models.identities import identities
from talanoa.grants.models.works import WorkList
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.applications import ApplicationText, Fellow
from talanoa.lib.calls import DOUBLE
from talanoa.lib.conflicts import Conflict as Found
from talanoa.lib.conflicts import Known, Work, conflicts
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.people.models import Group, Person
from talanoa.processes.models import OFFICE, Participant, Role

JUDGES = (*OFFICE, Role.SPONSOR)
"""Roles in the process of a call that come across its applications."""


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Filters on applications; `visible_to` is the one rule of what may be read, counted or added up."""

    def visible_to(self, person: Person | None) -> "ApplicationQuerySet":
        """Return the applications whose words `person` may read.

        Who applies reads their own. Those with an office in the process read what was handed in, the sponsor from the
        recommendation on, and who reviews it once they stated that they have no conflict of interest: none of them
        with one, whatever it rests on.
        """
        if person is None:
            return self.none()
        own = Q(pk__in=Applicant.objects.standing().filter(person=person).values("application"))
        return self.filter(own | Q(pk__in=self.model.objects.judged_by(person).values("pk")))

    def judged_by(self, person: Person) -> "ApplicationQuerySet":
        """Return those that `person` may read because they judge them: by office, or by an attested reading."""
        rows = self.handed_in().exclude(pk__in=barred_from(person))
        attested = Q(readings__reviewer__person=person, readings__state__in=("attested", "reviewed"))
        if not person.may_use_office:
            return rows.filter(attested).distinct()
        office = Participant.objects.filter(person=person, roles__role__in=OFFICE).values("process")
        paying = Participant.objects.filter(person=person, roles__role=Role.SPONSOR).values("process")
        recommended = Q(call__process__in=paying, state__in=Application.JUDGED)
        return rows.filter(Q(call__process__in=office) | recommended | attested).distinct()

    def handed_in(self) -> "ApplicationQuerySet":
        """Return those that have a number."""
        return self.filter(number__isnull=False)

    def standing(self) -> "ApplicationQuerySet":
        """Return those that were handed in and neither withdrawn nor found not eligible."""
        over = (Application.State.WITHDRAWN, Application.State.INELIGIBLE)
        return self.handed_in().exclude(state__in=over)

    def locked(self, application: "Application") -> "Application":
        """Return `application` as it stands now; nobody else changes it until the act ends.

        Its call is read after the wait: in one query PostgreSQL gives it as it stood before.
        """
        return self.select_for_update(no_key=True).get(pk=application.pk)


class Application(models.Model):
    """What somebody asks for under a call; it has a number from the day on which it is handed in."""

    class State(models.TextChoices):
        """Where an application stands (reference: research, section 6)."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Received")
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        RECOMMENDED = "recommended", _("Held before the decision")
        FUNDED = "funded", _("Funded")
        RESERVE = "reserve", _("On the reserve list")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    JUDGED = (State.RECOMMENDED, State.FUNDED, State.RESERVE, State.DECLINED)
    DECIDED = (State.FUNDED, State.RESERVE, State.DECLINED)

    number = models.PositiveIntegerField(unique=True, null=True)
    call = models.ForeignKey(ResearchCall, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict)
    budget = models.JSONField(default=dict)
    unmet = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    # Why its content was erased; it stands where it stood, and what was decided stays decided.
    ground = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=8)
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # When who applies was shown to those who judge it; None while a round that is blind on both sides hides it.
    unblinded_at = models.DateTimeField(null=True)
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True) | ~Q(state="draft") & Q(number__isnull=False),
                name="application_numbered_once_handed_in",
            )
        ]
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"application {self.number}"

    @property
    def asked(self) -> int:
        """What it asks for in all, in whole units of the currency of the call."""
        return sum(int(amount) for amount in self.budget.values())

    @property
    def hides_applicants(self) -> bool:
        """Tell whether those who judge it may not know who applies yet."""
        return self.call.round.blind == DOUBLE and self.unblinded_at is None

    @property
    def words(self) -> str:
        """Title and answers as one text."""
        return "\n\n".join([self.title, *(str(said) for said in self.answers.values())])

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of title, answers and budget as canonical JSON, hexadecimal."""
        told = {"title": self.title, "answers": self.answers, "budget": self.budget}
        return sha256_of(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")))

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reason of its newest finding, hexadecimal."""
        return sha256_of(self.reason)

    @property
    def told(self) -> ApplicationText:
        """The application as plain data, with those who apply together with its lead."""
        fellows = [row.fellow for row in self.applicants.select_related("person") if not row.is_lead]
        return ApplicationText(self.title, dict(self.answers), dict(self.budget), tuple(fellows))

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(application_state) unless it stands in one of the `allowed` states."""
        if self.state not in allowed:
            raise RuleBroken(
                _("This application stands at: %(state)s. This step is not possible now.")
                % {"state": self.get_state_display()},
                code="application_state",
            )

    def check_content(self) -> None:
        """Raise RuleBroken(application_state) for a draft, and where its content was erased."""
        if self.state == self.State.DRAFT or self.ground:
            raise RuleBroken(
                _("There is no content of this application that was handed in."), code="application_state"
            )


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    """Filters on who applies."""

    def standing(self) -> "ApplicantQuerySet":
        """Return those who did not say that they do not take part."""
        return self.exclude(answer=Applicant.Answer.DECLINED)

    def visible_to(self, person: Person | None) -> "ApplicantQuerySet":
        """Return those whom `person` may know: with whom they apply, and of readable applications.

        While a round is blind on both sides, of what they judge only convenor and secretariat, who see to eligibility;
        and they neither, where they were drawn to review it themselves.
        """
        if person is None:
            return self.none()
        own = Applicant.objects.standing().filter(person=person).values("application")
        judged = self.filter(application__in=Application.objects.judged_by(person)).select_related(
            "application__call"
        )
        offices = Participant.objects.filter(person=person, roles__role__in=(Role.CONVENOR, Role.SECRETARIAT))
        officer = set(offices.values_list("process", flat=True)) if person.may_use_office else set()
        drawn = set(
            Application.objects.filter(readings__reviewer__person=person).values_list("pk", flat=True)
        )
        shown = [
            row.pk
            for row in judged
            if not row.application.hides_applicants
            or (row.application.call.process_id in officer and row.application_id not in drawn)
        ]
        return self.filter(Q(application__in=own) | Q(pk__in=shown))


class Applicant(models.Model):
    """Somebody who applies, as declared in the application; number 1 leads it and speaks for it."""

    class Answer(models.TextChoices):
        """What somebody who was named says to that."""

        WAITING = "waiting", _("Was asked")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Does not take part")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="applicants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    organization = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=24, choices=Group, default=Group.OTHER)
    country = models.CharField(max_length=40, blank=True)
    orcid = models.CharField(max_length=19, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="applicant_once"),
            models.UniqueConstraint(fields=["application", "number"], name="applicant_number_once"),
        ]
        ordering = ["application", "number"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_lead(self) -> bool:
        """Tell whether they lead it."""
        return self.number == 1

    @property
    def fellow(self) -> Fellow:
        """The same as a line of the application tells it."""
        address = self.person.address
        return Fellow(self.name, address, self.organization, self.country, self.group, self.orcid)

    def known(self, person: Known) -> Known:
        """Return what is known of the person, with what they declared here."""
        ties = (Tie(EMPLOYER, self.organization),) if self.organization else ()
        return replace(
            person,
            names=tuple(dict.fromkeys((*person.names, self.name))),
            orcids=(self.orcid,) if self.orcid else (),
            ties=(*person.ties, *ties),
        )


def found_conflicts(
    judges: Iterable[int], applications: Iterable[Application]
) -> dict[tuple[int, int], tuple[Found, ...]]:
    """Return the conflicts between persons who judge and applications, by their keys (person, application).

    All that is known of all of them counts, as it stands now: what bound them in the years before an application was
    handed in, and whatever does since.
    """
    rows = list(applications)
    applicants = _applicants(rows)
    judges = sorted(set(judges))
    people = {row.person_id for held in applicants.values() for row in held}
    known = identities(people | set(judges))
    done, stated = _applied_together(people | set(judges)), _stated(people | set(judges))
    found = {}
    for row in rows:
        those = [one.known(known[one.person_id]) for one in applicants[row.pk]]
        theirs = [work for key, work in done if key != row.pk]
        theirs += [work for one in those for work in stated[one.key]]
        day = (row.submitted_at or row.drafted_at).date()
        years = row.call.facts.conflict_years
        for judge in judges:
            works = [*theirs, *stated[judge]]
            if told := conflicts(known[judge], those, works, on=day, years=years, until=date.max):
                found[judge, row.pk] = told
    return found


def _applicants(rows: list[Application]) -> Mapping[int, list[Applicant]]:
    held: dict[int, list[Applicant]] = {row.pk: [] for row in rows}
    for one in Applicant.objects.filter(application__in=held).order_by("pk"):
        held[one.application_id].append(one)
    return held


def _applied_together(people: set[int]) -> list[tuple[int, Work]]:
    """Return the applications of several people that any of `people` stands on, as works, with their keys."""
    rows = Application.objects.handed_in().filter(
        Exists(Applicant.objects.filter(application=OuterRef("pk"), person__in=people))
    )
    found = []
    for row in rows.prefetch_related("applicants__person"):
        those = row.applicants.all()
        by = tuple(
            said
            for one in those
            for said in (one.name, one.person.name, one.person.address, one.orcid)
            if said
        )
        if len(those) > 1 and row.submitted_at:
            found.append((row.pk, Work(row.title, row.submitted_at.date(), by, is_application=True)))
    return found


def _stated(people: set[int]) -> Mapping[int, list[Work]]:
    """Return what each of `people` stated that they published; it counts between them and others, not among others."""
    found = defaultdict[int, list[Work]](list)
    for row in WorkList.objects.filter(person__in=people).select_related("person"):
        found[row.person_id] += row.works
    return found


def barred_from(person: Person) -> set[int]:
    """Return the applications that `person` may not judge, of all calls in which they judge any."""
    offices = Participant.objects.filter(person=person, roles__role__in=JUDGES).values("process")
    calls = ResearchCall.objects.filter(Q(process__in=offices) | Q(reviewers__person=person)).distinct()
    rows = list(Application.objects.handed_in().filter(call__in=calls).select_related("call"))
    recorded = Application.objects.filter(conflicts__person=person).values_list("pk", flat=True)
    return {application for _person, application in found_conflicts([person.pk], rows)} | set(recorded)


def is_barred(person: Person, application: Application) -> bool:
    """Tell whether somebody has a conflict of interest in an application, on the record or by what is known now."""
    is_recorded = Application.objects.filter(pk=application.pk, conflicts__person=person).exists()
    return is_recorded or bool(found_conflicts([person.pk], [application]))


def check_unbarred(person: Person, application: Application) -> None:
    """Refuse whoever has a conflict of interest in an application. Raises NotAllowed."""
    if is_barred(person, application):
        raise NotAllowed(_("You have a conflict of interest in this application: somebody else does this."))
