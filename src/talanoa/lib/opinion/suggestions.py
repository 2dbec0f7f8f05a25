"""What the numbers suggest to the chair, in sentences. Nothing here designates: the chair does, with reasons.

Minority views are no rank: a group of which half or more disagree with a statement that is carried, or agree with one
that is not, is named, so that it finds a place for a statement of its own.
"""

from talanoa.lib.opinion.lenses import Lens
from talanoa.lib.opinion.levels import Ladder
from talanoa.lib.opinion.results import CONSENSUS, DIVERGENCE, FULL, LEVELS, Reason, Suggestion

SPLIT = Reason(
    "split_inside", "An opinion group that runs through the stakeholder groups does not support it."
)


def suggestion(ladder: Ladder, found: Lens | None, statement: int, *, is_split: bool) -> Suggestion:
    """Return the suggestion for one statement, counted from 0; `is_split`: carried by groups, not by opinion groups."""
    up, down = ladder.up(statement), ladder.down(statement)
    return Suggestion(
        ladder.level(statement),
        (*_reasons(ladder, statement), *([SPLIT] if is_split else [])),
        up,
        down,
        any(way is not None and way.votes == 1 for way in (up, down)),
        minorities(ladder.level(statement), (ladder.lens, *([found] if found else [])), statement),
    )


def minorities(level: str, lenses: tuple[Lens, ...], statement: int) -> tuple[str, ...]:
    """Return the groups of which half or more stand against the level."""
    return tuple(
        group
        for one in lenses
        for group, agree, disagree, passed in zip(
            one.groups,
            one.agree[:, statement].tolist(),
            one.disagree[:, statement].tolist(),
            one.passed[:, statement].tolist(),
            strict=True,
        )
        if 0 < agree + disagree + passed <= 2 * (agree if level == DIVERGENCE else disagree)
    )


def _reasons(ladder: Ladder, statement: int) -> list[Reason]:
    """Return why: what each group lacks, open objections, and the mean where it decides."""
    level = ladder.level(statement)
    reasons = [
        reason for group in range(len(ladder.lens.groups)) for reason in _of_group(ladder, group, statement)
    ]
    open_ones = int(ladder.objections[statement])
    if open_ones:
        reasons.append(
            Reason("objections_open", f"Open objections: {open_ones}. Counting closes none of them.")
        )
    if LEVELS.index(level) < LEVELS.index(CONSENSUS):
        mean, needed = 100 * ladder.mean[statement], _per_cent(float(ladder.thresholds.strong))
        told = f"On average over the groups {mean:.1f} of 100 agree; strong support begins at {needed}."
        reasons.append(Reason("mean_support", told))
    if level in (FULL, CONSENSUS):
        share = _per_cent(float(ladder.thresholds.support))
        reasons.insert(0, Reason("all_support", f"In every group more than {share} of 100 surely agree."))
    if level == FULL:
        reasons.append(Reason("nobody_disagrees", "Nobody disagrees."))
    return reasons


def _of_group(ladder: Ladder, group: int, statement: int) -> list[Reason]:
    """Return what a group lacks for consensus."""
    name = ladder.lens.groups[group]
    agree, disagree = int(ladder.lens.agree[group, statement]), int(ladder.lens.disagree[group, statement])
    seen, roster = int(ladder.seen[group, statement]), ladder.lens.rosters[group]
    if not seen:
        return [Reason("silent", f"{name}: nobody has voted.", name)]
    reasons = []
    if not ladder.supports[group, statement]:
        share = _per_cent(float(ladder.thresholds.support))
        of = f" ({roster} are entitled)" if roster is not None else ""
        told = f"{name}: {agree} of {seen} agree{of}, so that support above {share} of 100 cannot be shown."
        reasons.append(Reason("support_not_shown", told, name))
    if ladder.opposes[group, statement]:
        share = _per_cent(float(ladder.thresholds.opposition))
        told = f"{name}: {disagree} of {seen} disagree; more than {share} of 100 is opposition."
        reasons.append(Reason("opposition", told, name))
    return reasons


def _per_cent(share: float) -> str:
    return f"{100 * share:g}"
