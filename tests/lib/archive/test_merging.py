"""Which senders may be one person."""

from talanoa.lib.archive.merging import BLOCK_LIMIT, Candidate, Known, candidates, joined


def found(*senders: Known) -> list[Candidate]:
    return list(candidates(senders))


def test_one_name_however_written_makes_candidates() -> None:
    told = found(Known(2, "Lima, João", "jl@rede.example"), Known(1, "Joao LIMA", "joao.l@mail.example"))

    assert told == [Candidate(1, 2, "same name: joao lima")]


def test_one_part_before_the_sign_makes_candidates_and_is_said_beside_the_name() -> None:
    told = found(
        Known(1, "Mere Tamihana", "tamihana@marae.example"),
        Known(2, "Mere Tamihana", "tamihana+list@mail.example"),
        Known(3, "M. T.", "tamihana@old.example"),
    )

    assert [(one.one, one.other, one.evidence) for one in told] == [
        (1, 2, "same name: mere tamihana; same part before the @: tamihana"),
        (1, 3, "same part before the @: tamihana"),
        (2, 3, "same part before the @: tamihana"),
    ]


def test_roles_short_parts_and_single_names_say_nothing() -> None:
    assert found(
        Known(1, "Sina", "info@a.example"),
        Known(2, "Sina", "info@b.example"),
        Known(3, "X Y", "abc@a.example"),
        Known(4, "Z W", "abc@b.example"),
    ) == []  # fmt: skip


def test_a_name_that_too_many_share_is_compared_with_nobody() -> None:
    assert found(*(Known(n, "List Robot", f"n{n}@a.example") for n in range(BLOCK_LIMIT + 1))) == []


def test_who_is_the_same_as_the_same_is_the_same() -> None:
    assert joined([1, 2, 3, 4, 5], [(2, 3), (1, 3), (4, 5)]) == {1: 1, 2: 1, 3: 1, 4: 4, 5: 4}
