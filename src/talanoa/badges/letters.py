"""Letters about badges: one that brings a badge, one that says that it was revoked."""

from django.utils.translation import gettext as _

from talanoa.badges.models import ADDRESS, Badge
from talanoa.badges.queries import LIST_DAYS
from talanoa.lib.badge_texts import lines_of
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox


def page(badge: Badge) -> str:
    """Return the whole address of the page of a badge."""
    return f"{outbox.site}/{ADDRESS}/{badge.public_id}/"


def awarded_lines(badge: Badge) -> tuple[str, ...]:
    """Return what the holder of a badge reads: what it says, who sees it, how anybody checks it, and the badge."""
    told = _("You have been awarded the badge “%(title)s”.")
    shown = _(
        "It is yours. It stands in no list, and nobody needs one to take part. Its page says what it took, and can be"
        " printed; it opens for whoever has this address. Give it to whom you like:"
    )
    check = _(
        "The badge itself is the block below. Whoever you give it to can check it without us, with any verifier of"
        " Open Badges 3.0, with the command “talanoa badge check”, or here, where the whole mail can be pasted:"
    )
    record = _(
        "It rests on entries %(entries)s of the record; entry %(entry)s holds its digest, and no name of yours."
    )
    erase = _("To have it erased here, with your name in it, answer this mail with the one word: erase")
    entries = ", ".join(map(str, badge.evidence))
    return (
        *wrapped(told % {"title": badge.title}, ""),
        *wrapped(shown, "", f"  {page(badge)}", ""),
        *wrapped(check, "", f"  {outbox.site}/{ADDRESS}/check/", ""),
        *wrapped(record % {"entries": entries, "entry": badge.entry.index}, ""),
        *wrapped(erase, ""),
        *lines_of(badge.token),
    )


def revoked_lines(badge: Badge) -> tuple[str, ...]:
    """Return what the holder of a badge reads when it was revoked: why, and what that means."""
    told = _("Your badge “%(title)s” was revoked. The reason, which only you are told:")
    means = _(
        "Whoever checks it is told so from now on, within %(days)s days also without a line. You take part as before:"
        " nothing here depends on a badge."
    )
    wrong = _("If you think that this is wrong, write to the host of this place:")
    return (
        *wrapped(told % {"title": badge.title}, ""),
        *(f"> {line}" for line in wrapped(badge.reason)),
        "",
        *wrapped(means % {"days": LIST_DAYS}, ""),
        *wrapped(wrong, "", f"  {outbox.site}/place/"),
    )


def erased_lines(badge: Badge) -> tuple[str, ...]:
    """Return what somebody reads whose badge was erased."""
    told = _("Your badge is erased here: your name, the signed text, and our letter that brought it.")
    stays = _(
        "Entry %(entry)s of the record keeps its digest. A copy that you gave away can still be checked by its"
        " signature."
    )
    return tuple(wrapped(told, "", stays % {"entry": badge.entry.index}))
