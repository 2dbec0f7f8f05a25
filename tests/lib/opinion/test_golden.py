"""Published conversations give the figures that red-dwarf 0.4.0 and the published exports give."""

import json
from typing import Any

import numpy as np
import pytest

from lib.opinion.rooms import DATA, NAMES, conversation
from talanoa.lib.opinion import Conversation
from talanoa.lib.opinion.axes import Axes, statement_positions
from talanoa.lib.opinion.clusters import silhouettes
from talanoa.lib.opinion.counts import counted
from talanoa.lib.opinion.maps import opinion_map
from talanoa.lib.opinion.results import OpinionMap
from talanoa.lib.opinion.tables import Integers

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest) -> tuple[Conversation, OpinionMap, dict[str, Any]]:
    held = conversation(request.param)
    found = opinion_map(held.votes, held.moderation, as_polis=True)
    golden = (DATA / "polis-golden" / f"{request.param}.json").read_text(encoding="utf-8")
    return held, found, json.loads(golden)


Case = tuple[Conversation, OpinionMap, dict[str, Any]]


def signs(found: OpinionMap, golden: dict[str, Any], at: Integers) -> list[float]:
    """Return the sign of each of their axes on ours; the axes themselves must be the same."""
    cosines = []
    for ours, name in zip(found.axes[:, at], ("pc1", "pc2"), strict=True):
        theirs = np.array(golden["pca"][name])
        cosines.append(float(theirs @ ours / np.linalg.norm(theirs) / np.linalg.norm(ours)))
    assert min(abs(cosine) for cosine in cosines) >= 0.999999
    return [1.0 if cosine > 0 else -1.0 for cosine in cosines]


def columns(held: Conversation, golden: dict[str, Any]) -> Integers:
    return np.searchsorted(held.votes.statements, golden["statement_ids"])


def test_the_axes_and_the_means_are_the_same(case: Case) -> None:
    held, found, golden = case
    at = columns(held, golden)
    signs(found, golden, at)
    assert np.abs(found.mean[at] - golden["pca"]["mean"]).max() <= 1e-9


def test_everybody_stands_where_they_stood(case: Case) -> None:
    held, found, golden = case
    turned = signs(found, golden, columns(held, golden))
    rows = np.searchsorted(held.votes.participants, [int(who) for who in golden["participants"]])
    theirs = np.array([place[:2] for place in golden["participants"].values()])
    assert np.abs(found.positions[rows] * turned - theirs).max() <= 1e-3


def test_statements_stand_where_they_stood(case: Case) -> None:
    held, found, golden = case
    turned = signs(found, golden, columns(held, golden))
    n_statements = len(np.unique(held.votes.columns))
    ours = statement_positions(Axes(found.mean, found.axes, found.eigenvalues), n_statements) * turned
    at = np.searchsorted(held.votes.statements, [int(one) for one in golden["statements_xy"]])
    assert np.abs(ours[at] - np.array(list(golden["statements_xy"].values()))).max() <= 1e-3


def test_the_same_people_are_grouped_and_no_worse(case: Case) -> None:
    held, found, golden = case
    theirs = {int(who): place[2] for who, place in golden["participants"].items() if place[2] is not None}
    placed = held.votes.participants[found.placed].tolist()
    assert placed == sorted(theirs)
    spots = found.positions[found.placed]
    labels = np.array([int(theirs[who]) for who in placed])
    (their_score,) = silhouettes(spots, np.ones(len(spots)), [labels])
    assert found.silhouette >= their_score - 1e-3 or adjusted(found.labels[found.placed], labels) >= 0.9


def test_counts_by_published_group_are_exact(case: Case) -> None:
    held, _found, golden = case
    stats = golden["export_group_stats"]
    rank = {group: at for at, group in enumerate(stats["groups"])}
    groups = {int(who): rank[group] for who, group in golden["export_groups"].items()}
    labels = np.array([groups.get(who, len(rank)) for who in held.votes.participants.tolist()])
    counts = counted(held.votes, labels, len(rank) + 1)[: len(rank), columns(held, golden)]
    assert counts[:, :, 2].tolist() == stats["agree"]
    assert counts[:, :, 0].tolist() == stats["disagree"]
    assert counts.sum(axis=2).tolist() == stats["seen"]
    for side, name in ((2, "gac_agree"), (0, "gac_disagree")):
        ours = ((counts[:, :, side] + 1) / (counts.sum(axis=2) + 2)).prod(axis=0)
        assert np.abs(ours - stats[name]).max() <= 1e-9


def adjusted(one: Integers, other: Integers) -> float:
    """Return the adjusted Rand index of two labelings [Hubert, Arabie 1985]."""
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)

    def pairs(number: Any) -> float:
        return float((number * (number - 1) / 2).sum())

    both, rows, across = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = rows * across / pairs(np.array([float(len(one))]))
    return (both - chance) / ((rows + across) / 2 - chance)
