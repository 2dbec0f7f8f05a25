"""Real list mail goes in and is accounted for; skipped where it does not lie beside this checkout."""

from pathlib import Path

import pytest

from command_line import told
from talanoa.archives.models import Archive, ArchivedMessage, Sender, Thread
from talanoa.people.models import Person

SLICE = Path(__file__).parents[3] / "shared" / "data" / "mail" / "r-devel-slice.mbox.xz"
AS = ("--as", "amina@talanoa.example")


@pytest.mark.shared_data
def test_every_message_of_the_slice_is_accounted_for(amina: Person) -> None:
    if not SLICE.exists():
        pytest.skip("../shared/data/mail is not here")
    answer = told("archive", "import", "slice", SLICE, *AS)

    assert answer["read"] == 17_260 == answer["added"] + answer["duplicates"] + answer["rejected"]
    assert answer["rejected"] == 0
    [archive] = Archive.objects.all()
    assert ArchivedMessage.objects.filter(archive=archive).count() == answer["added"] == archive.last_number
    for rows in (Thread.objects.all(), Sender.objects.all()):
        assert sum(rows.values_list("n_messages", flat=True)) == answer["added"]
    numbers = set(ArchivedMessage.objects.values_list("number", flat=True))
    parents = set(
        ArchivedMessage.objects.filter(parent_number__isnull=False).values_list("parent_number", flat=True)
    )
    assert parents <= numbers
