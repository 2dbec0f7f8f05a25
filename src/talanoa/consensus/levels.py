"""What the levels of the decision rules are called, and what each means, for readers."""

from django.utils.translation import gettext_lazy as _

LEVEL_NAMES = {
    "rough_consensus": _("Rough consensus"),
    "no_consensus": _("No consensus"),
    "full_consensus": _("Full consensus"),
    "consensus": _("Consensus"),
    "strong_support": _("Strong support but significant opposition"),
    "divergence": _("Divergence"),
    "consent": _("Consent"),
    "no_consent": _("No consent"),
}
LEVEL_MEANINGS = {
    "rough_consensus": _(
        "Every objection was addressed, and what remains of them does not outweigh the reasons."
    ),
    "no_consensus": _("An objection remains that the reasons do not outweigh."),
    "full_consensus": _("Nobody speaks against it any more."),
    "consensus": _("Most agree, and only a small minority does not."),
    "strong_support": _("Most support it, and a significant number does not."),
    "divergence": _("No position has strong support."),
    "consent": _("Nobody maintains that it does harm."),
    "no_consent": _("Somebody maintains that it does harm."),
}
