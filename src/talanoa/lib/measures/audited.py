"""The measures of how a process was run, for its audit: who could come in, what was shown, answered and contested.

They stand on the acts of the record and the stages beside the contributions, so a list has none of them.
"""

from talanoa.lib.measures import finishing
from talanoa.lib.measures.definitions import Measure
from talanoa.lib.measures.registered import ACTS, LEVEL, PERSONS, SHARES, TOLD_GROUP

_CENSUS = (
    "share of all, 0 to 1; low and high: its 95 % interval (Wilson), for comparison with other processes"
)
_ALL = {**SHARES, "share": _CENSUS}


def _by(
    key: str, *, name: str, title: str, answers: str, caveat: str, meaning: str, views: tuple[str, ...]
) -> Measure:
    """Return a measure of persons and acts by `name`, of which `meaning` tells."""
    return Measure(
        key=key,
        version=1,
        title=title,
        answers=answers,
        caveat=caveat,
        columns={
            name: meaning,
            "persons": PERSONS,
            **SHARES,
            "acts": ACTS,
            "share_of_acts": "of all acts, 0 to 1",
        },
        views=views,
        finish=finishing.shares_of_whole,
        persons="persons",
    )


def _counted(
    key: str, *, title: str, answers: str, caveat: str, name: str, meaning: str, what: str
) -> Measure:
    """Return a measure that counts things, not persons, by one name."""
    return Measure(
        key=key,
        version=1,
        title=title,
        answers=answers,
        caveat=caveat,
        columns={name: meaning, what: "how many", **_ALL},
        views=(),
        finish=finishing.shares_of_all,
    )


def _taken_up(by: str, *, called: str, caveat: str) -> Measure:
    return Measure(
        key=f"taken_up_by_{by}",
        version=1,
        title=f"Whose words were taken up, by {called}",
        answers="Of the inputs that have a response, the share that was accepted or partly accepted.",
        caveat=f"The status is the word of whoever answered, and says nothing of the weight of a change. {caveat}",
        columns={
            by: f"{called}; unknown where nothing says it",
            "persons": "persons who sent them",
            "answered": "inputs with a response",
            "taken_up": "accepted or partly accepted",
            "share": LEVEL,
            "low": "lower end",
            "high": "upper end",
        },
        views=("input",),
        finish=finishing.parts(3, 2, of=2, group=0),
        persons="persons",
    )


CALL_WINDOWS = Measure(
    key="call_windows",
    version=1,
    title="How long each stage was open, and how long before it was announced",
    answers="The days from the published charter to each stage, its length, and how often the call was extended.",
    caveat="Of a stage that still runs, the length is the planned one. Days say nothing of who could use them.",
    columns={
        "process": "key",
        "stage": "what may be done in it",
        "days_before": "days from the charter to its opening",
        "days": "its length in days",
        "extended": "times that the call for input was extended",
    },
    views=(),
    finish=finishing.as_counted,
)
PARTICIPATION_BY_CHANNEL = _by(
    "participation_by_channel",
    name="channel",
    title="By which ways people came in",
    answers="How many persons used each way: page, mail, upload, interview, paper, import.",
    caveat="A way that nobody used may not have been offered, or not known.",
    meaning="how it came",
    views=(),
)
PARTICIPATION_BY_LANGUAGE = _by(
    "participation_by_language",
    name="language",
    title="In which languages people wrote",
    answers="How many persons sent inputs in each language.",
    caveat="Languages are those that a program found or a person said; short texts stay unknown. Who wrote in a second"
    " language because the first was not offered is not seen.",
    meaning="tag of the language; unknown where nothing tells it",
    views=("input",),
)
CONTRIBUTIONS_BY_STATE = _counted(
    "contributions_by_state",
    title="What became of all that was sent",
    answers="How many contributions are published, wait for their sender, were held, rejected, replaced, withdrawn.",
    caveat="Who gave up before sending is not seen.",
    name="state",
    meaning="where it stands",
    what="contributions",
)
WORDS_SHOWN = _counted(
    "words_shown",
    title="What everybody may read",
    answers="How many contributions the public may read with the name of their author, without it, or not at all.",
    caveat="To stay unnamed or private is a right of whoever writes: more openness is not always better.",
    name="shown",
    meaning="named, unnamed, or closed",
    what="contributions",
)
INTERESTS_STATED = _by(
    "interests_stated",
    name="interests",
    title="Whether those who spoke had said what interests they have",
    answers="Of those who spoke under their name, how many had stated their interests, had declined to, or had not.",
    caveat="A statement is the person's own word; nobody checks it.",
    meaning="current, stale (older than 12 months), declined, missing",
    views=(),
)
TAKEN_UP_BY_GROUP = _taken_up("group", called="stakeholder group", caveat=TOLD_GROUP)
TAKEN_UP_BY_REGION = _taken_up("region", called="region", caveat="A region is that of a declared country.")
REDRESS = Measure(
    key="redress",
    version=1,
    title="What was contested, and whether it was answered",
    answers="How many matters were raised in each way of redress, and how many of them have an answer on the record.",
    caveat="None raised can mean that nothing was wrong, or that nobody knew the way. An answer may be a bad one.",
    columns={
        "way": "dispute of an answer, appeal, challenge, objection, missed body",
        "raised": "matters raised",
        "answered": "with an answer on the record",
        "share": "share answered, 0 to 1; low and high: its 95 % interval (Wilson)",
        "low": "lower end",
        "high": "upper end",
    },
    views=(),
    finish=finishing.parts(2, 1, of=1),
)
MILESTONES = Measure(
    key="milestones",
    version=1,
    title="What happened when",
    answers="The steps of the process on its record, with the day of the first of each, counted from its beginning.",
    caveat="A step that is missing did not happen on the record; it may have happened elsewhere.",
    columns={
        "process": "key",
        "step": "kind of the entry",
        "times": "how often",
        "day": "of the first one, from the beginning of the process",
    },
    views=(),
    finish=finishing.as_counted,
)
ACTS_BY_ROLE = _counted(
    "acts_by_role",
    title="In which roles acts were done",
    answers="How many entries of the record each role stands behind.",
    caveat="An entry is an act, whatever its weight. The clock's own acts have the role system.",
    name="role",
    meaning="role in which it was done",
    what="entries",
)
DECISIONS_BY_ANSWER = _counted(
    "decisions_by_answer",
    title="What was decided on the recommendations",
    answers="How many recommendations were accepted, accepted in part, not accepted, or not to be carried out.",
    caveat="Each has a public reason; whether it convinces is for readers to judge.",
    name="answer",
    meaning="the decision",
    what="recommendations",
)
REVIEW_BEFORE_DECISION = Measure(
    key="review_before_decision",
    version=1,
    title="How long a report was public before anybody decided",
    answers="Days from the sealed report to the end of its review, and to the decision.",
    caveat="Empty where it has not come to that. The database refuses a decision within the review period.",
    columns={"process": "key", "review_days": "days of review", "days": "days until the decision"},
    views=(),
    finish=finishing.as_counted,
)
AUDITED = (
    CALL_WINDOWS,
    PARTICIPATION_BY_CHANNEL,
    PARTICIPATION_BY_LANGUAGE,
    CONTRIBUTIONS_BY_STATE,
    WORDS_SHOWN,
    INTERESTS_STATED,
    TAKEN_UP_BY_GROUP,
    TAKEN_UP_BY_REGION,
    REDRESS,
    MILESTONES,
    ACTS_BY_ROLE,
    DECISIONS_BY_ANSWER,
    REVIEW_BEFORE_DECISION,
)
