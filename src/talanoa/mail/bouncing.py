"""Mail that comes back: a report to an address that we drew for one mail, about that mail's own recipient.

Anything else that comes to `bounces` counts for nothing, so nobody can silence another by a forged report
(reference: trust 2.4, loops and bounces). It never becomes an input and is never answered.
"""

from datetime import datetime

from talanoa.lib.rfc3464 import MEDIA_TYPE, undelivered
from talanoa.lib.rfc5322 import ParsedMail
from talanoa.mail import tokens
from talanoa.mail.actions import count_bounce
from talanoa.mail.queries import returned

KEY = "bounces"
HARD, SOFT = 3, 1


def take_back(parsed: ParsedMail | None, *, token: str, at: datetime) -> str:
    """Count what came to `bounces+token` and return what it was, as the outcome of the raw mail."""
    message = returned(tokens.digest(token), at=at) if token else None
    if parsed is None or message is None:
        return "bounce_unknown"
    parts = (part.data for part in parsed.attachments if part.media_type == MEDIA_TYPE)
    for failed in (row for part in parts for row in undelivered(part)):
        if message.to.lower() in failed.addresses:
            count_bounce(message, weight=HARD if failed.is_permanent else SOFT, at=at)
            return "bounce_hard" if failed.is_permanent else "bounce_soft"
    return "bounce_unread"
