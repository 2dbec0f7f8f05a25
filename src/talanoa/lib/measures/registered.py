"""The standard measures, by key. A change of what one counts is a new version."""

from talanoa.lib.measures import finishing
from talanoa.lib.measures.definitions import Measure

LEVEL = "share of 0 to 1; low and high: its 95 % interval (Wilson), as if who took part were a sample of who could"
SHARES = {"share": LEVEL, "low": "lower end", "high": "upper end"}
_GROUP = "code of the stakeholder group; unknown where nothing says it"
PERSONS = "persons, each counted once in a row"
ACTS = "messages and inputs"
TOLD_GROUP = (
    "A group is what a person declared, or what a table of organizations says of their address at that time. Compare"
    " nothing where the unknown share is large."
)


def _participation(
    by: str, *, title: str, answers: str, caveat: str, named: str, views: tuple[str, ...]
) -> Measure:
    """Return the measure of who takes part by what `by` says of persons; `named` tells what a row is called by."""
    return Measure(
        key=f"participation_by_{by}",
        version=1,
        title=title,
        answers=answers,
        caveat=caveat,
        columns={
            by: named,
            "persons": PERSONS,
            **SHARES,
            "acts": ACTS,
            "share_of_acts": "of all acts, 0 to 1",
        },
        views=views,
        finish=finishing.shares_of_whole,
        persons="persons",
    )


PARTICIPATION_BY_GROUP = _participation(
    "group",
    title="Who takes part, by stakeholder group",
    answers="How many persons of each stakeholder group said something, and how much of all that was said is theirs.",
    caveat=f"{TOLD_GROUP} Who spoke for two groups counts in both.",
    named=_GROUP,
    views=("input", "act"),
)
PARTICIPATION_BY_REGION = _participation(
    "region",
    title="Who takes part, by region",
    answers="How many persons of each of the five regional groups of the United Nations said something, and how much.",
    caveat="A region is that of a declared country, or of the organization by a table. A mail says nothing of it.",
    named="region; unknown where nothing says it",
    views=("input", "act"),
)
PARTICIPATION_BY_ORGANIZATION = _participation(
    "organization",
    title="Who takes part, by organization",
    answers="Behind how many of those who said something each organization stood when they said it.",
    caveat=(
        "An organization is that of the day, by declaration or by a table of mail domains; an address at a public"
        " provider tells none. Who has two at a time counts for both."
    ),
    named="name; unknown where nothing says it",
    views=("input", "act", "belonging"),
)
_UNEQUAL = {
    "index": "gini, hhi, entropy (bits) or share_of_top_tenth",
    "n": "how many have anything",
    "value": "its value",
    "low": "lower end of the 95 % interval (jackknife)",
    "high": "upper end",
}
CONCENTRATION_OF_PERSONS = Measure(
    key="concentration_of_persons",
    version=1,
    title="How unequally the floor is used, by person",
    answers="Whether a few persons say most of it.",
    caveat="Only who said something is counted; silence is not seen. A person with two addresses counts as two.",
    columns=_UNEQUAL,
    views=("input", "act"),
    finish=finishing.unequal_persons,
    persons="n",
)
CONCENTRATION_OF_ORGANIZATIONS = Measure(
    key="concentration_of_organizations",
    version=1,
    title="How unequally the floor is used, by organization",
    answers="Whether people of a few organizations say most of it.",
    caveat="Only acts whose organization is known are counted; look at the unknown share first.",
    columns=_UNEQUAL,
    views=("input", "act", "belonging"),
    finish=finishing.unequal_organizations,
)
TIME_TO_ANSWER = Measure(
    key="time_to_answer",
    version=1,
    title="How long people wait for an answer",
    answers=(
        "After how many hours a quarter, half and three quarters of what was asked have a first answer: of the message"
        " that opens a thread, the first one by somebody else; of an input, its response."
    ),
    caveat=(
        "What has no answer at the end of the data waits on and is no quick answer (Kaplan and Meier). Empty: so many"
        " never got one as far as the data tells. An answer outside of the list or process is not seen."
    ),
    columns={
        "group": _GROUP,
        "persons": "persons who asked",
        "asked": "opening messages and inputs",
        "waiting": "without an answer at the end of the data",
        "quarter": "hours until a quarter is answered",
        "half": "hours until half is answered",
        "three_quarters": "hours until three quarters are answered",
    },
    views=("input", "act", "data_end", "asked"),
    finish=finishing.waits,
    persons="persons",
)
UNANSWERED_BY_GROUP = Measure(
    key="unanswered_by_group",
    version=1,
    title="Whose words stay without an answer",
    answers="Of what was asked at least 30 days before the data ends, the share without an answer within 30 days.",
    caveat=f"{TOLD_GROUP} Not every message that opens a thread wants an answer.",
    columns={
        "group": _GROUP,
        "persons": "persons who asked",
        "asked": "opening messages and inputs",
        "unanswered": "without an answer within 30 days",
        **SHARES,
    },
    views=("input", "act", "data_end", "asked"),
    finish=finishing.parts(3, 2, of=2, group=0),
    persons="persons",
)
WHO_ANSWERS_WHOM = Measure(
    key="who_answers_whom",
    version=1,
    title="Who answers whom",
    answers="Of all answers that people of a group give to other persons, the share that goes to each group.",
    caveat=f"{TOLD_GROUP} An answer is a message that names the one before it; politeness and quarrel look the same.",
    columns={
        "answering": "stakeholder group of who answers",
        "asked": "stakeholder group of who is answered",
        "persons": "persons who answer",
        "replies": "answers",
        **SHARES,
    },
    views=("reply",),
    finish=finishing.shares_of_answers,
    persons="persons",
    n_keys=2,
)
NEWCOMERS = Measure(
    key="newcomers",
    version=1,
    title="Who comes for the first time, and comes back",
    answers="Of those who first said something in a year, the share that spoke again 180 to 359 days later.",
    caveat=(
        "Only who came at least 360 days before the end of the data can be known to have come back. In the first year"
        " of the data everybody looks new."
    ),
    columns={
        "year": "of the first act",
        "persons": "newcomers",
        "known": "of these, early enough to tell",
        "back": "of these, seen again",
        **SHARES,
    },
    views=("input", "act", "data_end"),
    finish=finishing.parts(3, 2, of=1),
    persons="persons",
)
PARTICIPATION_OVER_TIME = Measure(
    key="participation_over_time",
    version=1,
    title="Who takes part, year by year",
    answers="How many persons of each stakeholder group said something in each year, and their share of all persons.",
    caveat=f"{TOLD_GROUP} The first and the last year of the data may be parts of one.",
    columns={"year": "year", "group": _GROUP, "persons": PERSONS, "acts": ACTS, **SHARES},
    views=("input", "act"),
    finish=finishing.shares_of_years,
    persons="persons",
    n_keys=2,
)
DECISIONS_TRACED = Measure(
    key="decisions_traced",
    version=1,
    title="What becomes of inputs",
    answers="How many inputs of each process have a response, changed the text, and stand behind a decision.",
    caveat="That a response names a change says nothing of its size. A decision counts for all answered inputs.",
    columns={
        "process": "key",
        "persons": "who sent inputs",
        "inputs": "inputs, without those that were replaced",
        "answered": "with a response",
        "changing": "with a response that names what changed",
        "decided": "answered, in a process with a decision",
        "share_answered": "of the inputs, 0 to 1",
        "share_changing": "of the inputs, 0 to 1",
        "share_decided": "of the inputs, 0 to 1",
    },
    views=("input",),
    finish=finishing.traced,
    persons="persons",
)
PROCESSES_COMPARED = Measure(
    key="processes_compared",
    version=1,
    title="Processes beside each other",
    answers="How many persons, stakeholder groups and regions each process heard, in the order of their years.",
    caveat="How many could have taken part is not known. A process that nobody answered stands with zeros.",
    columns={
        "process": "key",
        "year": "in which it opened",
        "persons": "who sent inputs",
        "groups": "stakeholder groups among them",
        "regions": "regions among them",
        "inputs": "inputs, without those that were replaced",
        "unknown": "inputs of an unknown group",
        "share": f"of the unknown ones: {LEVEL}",
        "low": "lower end",
        "high": "upper end",
    },
    views=("input",),
    finish=finishing.parts(6, 5, of=5),
    persons="persons",
)
STANDARD = (
    PARTICIPATION_BY_GROUP,
    PARTICIPATION_BY_REGION,
    PARTICIPATION_BY_ORGANIZATION,
    PARTICIPATION_OVER_TIME,
    CONCENTRATION_OF_PERSONS,
    CONCENTRATION_OF_ORGANIZATIONS,
    TIME_TO_ANSWER,
    UNANSWERED_BY_GROUP,
    WHO_ANSWERS_WHOM,
    NEWCOMERS,
    DECISIONS_TRACED,
    PROCESSES_COMPARED,
)
