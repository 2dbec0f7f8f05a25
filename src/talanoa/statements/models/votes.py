"""How people vote: a voter with what counts now, and every ballot that led to it."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.lib.ballot_lines import CHECK_LENGTH
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.statements.models.rounds import Round

UNSEEN = "."
"""What stands at the place of a statement on which somebody has not voted."""


class Vote(models.TextChoices):
    """What somebody says to a statement."""

    AGREE = "agree", _("Agree")
    DISAGREE = "disagree", _("Disagree")
    PASS = "pass", _("Pass")


LETTERS = {Vote.AGREE: "a", Vote.DISAGREE: "d", Vote.PASS: "p"}


class VoterQuerySet(models.QuerySet["Voter"]):
    """Filters on voters."""

    def visible_to(self, person: Person | None) -> "VoterQuerySet":
        """Return what `person` may read: their own votes, and nobody else's."""
        return self.filter(participant__person=person) if person else self.none()

    def imported(self) -> "VoterQuerySet":
        """Return those who voted elsewhere, before the round began here."""
        return self.filter(pseudonym__isnull=False)

    def counted(self) -> "VoterQuerySet":
        """Return those whose votes count: all but who had theirs erased."""
        return self.filter(erased_at__isnull=True)


class Voter(models.Model):
    """A participant in a round. `votes` has one letter for each place: a, d, p, or UNSEEN; the last vote counts.

    A voter of an imported conversation is no participant, only a number that the source calls them by (`pseudonym`);
    their votes never change.

    `number` and `check_word` are given when the round is counted: by them the holder of a receipt finds their row in
    the table that everybody can read, and nobody else can tell whose it is.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="voters")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    pseudonym = models.PositiveIntegerField(null=True)
    votes = models.TextField(blank=True)
    voted_at = models.DateTimeField()
    number = models.PositiveIntegerField(null=True)
    check_word = models.CharField(max_length=CHECK_LENGTH, blank=True)
    erased_at = models.DateTimeField(null=True)

    objects = VoterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="voter_once"),
            models.UniqueConstraint(fields=["round", "pseudonym"], name="imported_voter_once"),
            models.CheckConstraint(
                condition=Q(participant__isnull=True) ^ Q(pseudonym__isnull=True), name="voter_is_one"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"a voter in {self.round}"

    @property
    def group(self) -> str:
        """The stakeholder group that the votes count for; of an imported voter it is not known."""
        return self.participant.group if self.participant else ""

    @property
    def n_votes(self) -> int:
        """On how many statements they voted."""
        return len(self.votes) - self.votes.count(UNSEEN)

    def vote_at(self, place: int) -> str:
        """Return how they vote on the statement at `place`, or "" where they have not."""
        letter = self.votes[place - 1 : place] or UNSEEN
        return next((vote.value for vote, one in LETTERS.items() if one == letter), "")

    def with_votes(self, votes: Mapping[int, str]) -> str:
        """Return `votes` as they stand once these, by place, have been cast."""
        letters = list(self.votes.ljust(max(votes, default=0), UNSEEN))
        for place, vote in votes.items():
            letters[place - 1] = LETTERS[Vote(vote)]
        return "".join(letters)


class BallotQuerySet(models.QuerySet["Ballot"]):
    """Filters on ballots."""

    def visible_to(self, person: Person | None) -> "BallotQuerySet":
        """Return what `person` may read: their own ballots, and nobody else's."""
        rows = self.filter(voter__in=Voter.objects.visible_to(person).values("pk"))
        return rows.select_related("voter__round__process")


class Ballot(models.Model):
    """What somebody sent at once, however many votes it holds. It never changes; only its voter can have it emptied.

    `lines` is its one written form (lib.ballot_lines), `name` how its voter was called; the record commits to both.
    """

    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, related_name="ballots")
    lines = models.TextField(blank=True)
    name = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=12)
    entered_by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    cast_at = models.DateTimeField()
    dedup_key = models.CharField(max_length=64)
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voter", "dedup_key"], name="ballot_received_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"a ballot in {self.voter.round}"
