"""What lists show of a message."""

from talanoa.discussions.models import Message


def test_a_message_without_a_subject_is_listed_by_its_first_words() -> None:
    assert Message(subject="Radio", text="Long.").title == "Radio"
    assert Message(text="\nTeach by radio.\nAnd by paper.").title == "Teach by radio."
    assert Message(text="a" * 200).title == "a" * 79 + "…"
