"""Was it multistakeholder? Six criteria that others have published, each with the measures that speak to it.

There is no total and no grade: a process can be strong in one and weak in another, and what a number means is for those
who were there to discuss. What a source asks for is told in our own words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A published text, and what it asks for."""

    name: str
    asks: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what it asks, where that is published, the measures by key, what to discuss."""

    key: str
    title: str
    question: str
    sources: tuple[Source, ...]
    measures: tuple[str, ...]
    discuss: tuple[str, ...]


_NETMUNDIAL = "NETmundial Multistakeholder Statement (2014), principles of the process of Internet governance"
_STANDARDS = "RFC 6852 (2013), the principles of the modern paradigm for standards"
_TRADE = "WTO Committee on Technical Barriers to Trade, decision on international standards (2000), G/TBT/9, Annex 4"
_AARHUS = "Aarhus Convention (1998), Article 6"
_GUIDELINES = "São Paulo Multistakeholder Guidelines (NETmundial+10, 2024)"
_REVIEW = (
    "ICANN, Accountability and Transparency Reviews: ATRT2 (2013), recommendation 7.2; ATRT3 (2020), Annex E"
)
_APPEALS = "RFC 2026 (1996), section 6.5"

CRITERIA = (
    Criterion(
        "openness",
        "Openness",
        "Could everybody whom it concerns learn of it in time and take part?",
        (
            Source(_NETMUNDIAL, "Processes are open and participative."),
            Source(_STANDARDS, "The door is open to all who take an interest and know the matter."),
            Source(
                _AARHUS,
                "The public is told early, and each stage leaves time to prepare (paragraphs 2 to 4).",
            ),
        ),
        ("call_windows", "participation_by_channel", "contributions_by_state", "processes_compared"),
        (
            "Who heard of it too late, or not at all? Who was asked, and did not come?",
            "Why was something held or rejected, and would another process have let it pass?",
        ),
    ),
    Criterion(
        "balance",
        "Balance",
        "Did the groups that it concerns speak, without one person, organization or interest speaking for all?",
        (
            Source(_STANDARDS, "No person, company or interest group dominates alone."),
            Source(_NETMUNDIAL, "All stakeholder groups take part, with full involvement."),
            Source(_TRADE, "Work favors no supplier, country or region (impartiality and consensus)."),
        ),
        (
            "participation_by_group",
            "participation_by_region",
            "participation_by_organization",
            "concentration_of_persons",
            "concentration_of_organizations",
        ),
        (
            "Which shares would be right here? The charter says whom the process concerns; equal shares may be wrong.",
            "How large is the unknown share beside the differences that you see?",
        ),
    ),
    Criterion(
        "responsiveness",
        "Responsiveness",
        "Was everybody answered, with a reason, and can one see what came of it?",
        (
            Source(
                _REVIEW,
                "Commenters can have a wrong summary corrected; each comment stands beside its response.",
            ),
            Source(_AARHUS, "The decision takes due account of what the public said (paragraph 8)."),
            Source(_GUIDELINES, "Feedback shows how contributions were used."),
        ),
        ("decisions_traced", "time_to_answer", "unanswered_by_group", "taken_up_by_group"),
        (
            "Do the answers give reasons, or the same sentence to many?",
            "Is a group answered later, or taken up less, and is there a good ground for it?",
        ),
    ),
    Criterion(
        "transparency",
        "Transparency",
        "Can everybody see what was said, by whom, with which interests, and what happened when?",
        (
            Source(
                _NETMUNDIAL, "How something came to be decided can be followed, by procedures agreed before."
            ),
            Source(
                _TRADE, "Information on work, proposals and results is easy to reach, with time to comment."
            ),
            Source(_STANDARDS, "Records of decisions and what they stand on are public."),
        ),
        ("words_shown", "interests_stated", "milestones", "review_before_decision"),
        (
            "What was decided where nobody could read it?",
            "Who stayed unnamed, and was that their own choice?",
        ),
    ),
    Criterion(
        "accountability",
        "Accountability",
        "Who answers for what was done, and what could those do who disagreed?",
        (
            Source(_NETMUNDIAL, "There are independent checks and balances, review and redress."),
            Source(
                _APPEALS, "Who disagrees can appeal, step by step, up to a body that did not decide before."
            ),
            Source(_AARHUS, "The decision is published with its reasons (paragraph 9)."),
        ),
        ("redress", "decisions_by_answer", "acts_by_role"),
        (
            "If nothing was contested: did people know that they could?",
            "What was promised in the charter, and was it done?",
        ),
    ),
    Criterion(
        "equitable-access",
        "Equitable access",
        "Could people take part as well with another language, another region, less time and a slower line?",
        (
            Source(_NETMUNDIAL, "Processes are inclusive and equitable, with low barriers to take part."),
            Source(
                _TRADE,
                "Constraints on developing countries to take part are considered (development dimension).",
            ),
            Source(_GUIDELINES, "Differences of power between stakeholders are seen and addressed."),
        ),
        ("participation_by_language", "taken_up_by_region", "who_answers_whom"),
        (
            "Who had to write in a second language, at night, or on unpaid time?",
            "Whose words were read, and whose only counted?",
        ),
    ),
)
NO_GRADE = (
    "This is a report to discuss, not a grade: there is no total. Each number stands with what it cannot tell. Where"
    " fewer than five persons stand behind a row, it is hidden."
)
MEASURES = tuple(key for criterion in CRITERIA for key in criterion.measures)
"""The keys of all measures of an audit, in the order of its page."""
