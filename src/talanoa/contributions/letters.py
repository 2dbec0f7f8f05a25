"""What letters about contributions of every kind share: how a held one is confirmed."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Assurance, Contribution
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import confirming_link


def held_lines(contribution: Contribution) -> list[str]:
    """Return how the sender of a held contribution confirms it; nothing where it is not held."""
    if contribution.state != Contribution.State.UNCONFIRMED:
        return []
    told = _("It is held until you confirm that it is yours: answer this mail with the one word: confirm")
    if contribution.channel == "mail" and contribution.authorship.assurance == Assurance.PROVEN:
        told = _(
            "You answered a mail of ours with none of its words, so it may not be meant as an input. It is held: to "
            "have it published, answer this mail with the one word: confirm. To take it back, with: withdraw."
        )
    link = confirming_link(contribution.process.key)
    return [*wrapped(told), _("Or open this page, and press the button on it:"), link, ""]
