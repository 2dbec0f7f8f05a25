"""Words and files are read by whoever may read the contribution, and by nobody else."""

import hashlib

import pytest

from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input, Original
from talanoa.people.models import Person

State = Contribution.State
OWN = {"author", "secretariat", "chair", "convenor"}


def expected(state: str, publication: str, readers: dict[str, Person | None]) -> set[str]:
    """Who reads the words: the rule in the sentences of the model."""
    if state == State.ERASED:
        return set()
    public = state in {State.PUBLISHED, State.SUPERSEDED} and publication != "private"
    return set(readers) if public else OWN


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("publication", Contribution.Publication.values)
def test_whoever_reads_the_contribution_reads_its_words_and_its_file(
    filed: Input, readers: dict[str, Person | None], state: str, publication: str
) -> None:
    Contribution.objects.update(state=state, publication=publication)
    for model in (Input, Original):
        found = {name for name, person in readers.items() if model.objects.visible_to(person).exists()}
        assert found == expected(state, publication, readers)


def test_text_and_file_have_their_hashes(filed: Input) -> None:
    text = "Pay the trainers, says the file."
    assert filed.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert Original(data=b"").sha256 == "-"


def test_things_read_as_people_call_them(filed: Input) -> None:
    assert (str(filed), str(filed.original)) == ("Training", "training.md")
