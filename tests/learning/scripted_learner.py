"""A learner who answers as told: each item right, or with one choice of chance, as ids and as a line of a mail."""

from random import Random

from talanoa.lib.answer_lines import lettered, numbered_targets
from talanoa.lib.items import Answer, Check, Choosing, Item, Number, Open, Ordering, Short, Sorting, TextEdit
from talanoa.lib.lessons import Lesson

OWN_TEXT = """Please add one sentence to paragraph 4.2: "Messages are at most 20 kB."

I counted the mails of May: 31 of 112 were larger, and four members on slow lines could not read them."""


def right(item: Item) -> Answer:
    """An answer with every point."""
    if isinstance(item, Choosing):
        ids = tuple(row.id for row in item.options if row.is_right)
        return ids if item.kind == "multi" else ids[0]
    if isinstance(item, Ordering):
        return tuple(step.id for step in item.steps)
    if isinstance(item, Sorting):
        return {thing.id: thing.target for thing in item.things}
    if isinstance(item, Short):
        return item.answers[0]
    if isinstance(item, Number):
        return str(item.answer)
    return _obedient(item.checks) if isinstance(item, TextEdit) else OWN_TEXT


def any_answer(item: Item, chance: Random) -> Answer:
    """An answer of chance, right or wrong."""
    if isinstance(item, Choosing):
        ids = [row.id for row in item.options]
        return (
            tuple(chance.sample(ids, chance.randint(1, len(ids))))
            if item.kind == "multi"
            else chance.choice(ids)
        )
    if isinstance(item, Ordering):
        return tuple(chance.sample([step.id for step in item.steps], len(item.steps)))
    if isinstance(item, Sorting):
        return {thing.id: chance.choice(item.targets).id for thing in item.things}
    if isinstance(item, Number):
        return str(chance.choice([item.answer, item.answer + 1, item.answer * 2]))
    if isinstance(item, Open):
        return OWN_TEXT
    return chance.choice([str(right(item)), "I do not know."])


def line(item: Item, number: int, answer: Answer) -> str:
    """The answer as somebody writes it in a mail."""
    letters = {row.id: letter for letter, row in lettered(item).items()}
    if isinstance(item, Sorting) and isinstance(answer, dict):
        places = {row.id: place for place, row in numbered_targets(item).items()}
        return f"{number} " + " ".join(f"{letters[key]}{places[target]}" for key, target in answer.items())
    if letters:
        return f"{number}" + "".join(
            letters[key] for key in ([answer] if isinstance(answer, str) else answer)
        )
    return f"{number}: {answer}"


def reply(lesson: Lesson, answers: dict[str, Answer]) -> str:
    """All answers to a lesson as the words of a mail."""
    rows = [line(item, n, answers[item.id]) for n, item in enumerate(lesson.items, 1) if item.id in answers]
    return "\n".join(rows)


def fields(lesson: Lesson, answers: dict[str, Answer]) -> dict[str, object]:
    """All answers to a lesson as its form sends them."""
    sent: dict[str, object] = {}
    for item in (one for one in lesson.items if one.id in answers):
        answer = answers[item.id]
        if isinstance(item, Ordering):
            sent |= {f"{item.id}__{key}": str(place) for place, key in enumerate(answer, start=1)}
        elif isinstance(answer, dict):
            sent |= {f"{item.id}__{key}": target for key, target in answer.items()}
        else:
            sent[item.id] = list(answer) if isinstance(answer, tuple) else answer
    return sent


def _obedient(checks: tuple[Check, ...]) -> str:
    """A text that meets every check, word by word."""
    by_rule = {rule: [one for one in checks if one.rule == rule] for rule in {one.rule for one in checks}}
    first = [one.words[0] for one in by_rule.get("begins", [])]
    named = [one.words[0] for one in by_rule.get("mentions", [])]
    lines = [f"{one.words[0]} that would do" for one in by_rule.get("has_line", [])]
    text = "\n".join([" ".join([*first, *named]), *lines])
    least = max([one.value for one in by_rule.get("min_words", [])], default=0)
    return text + " so" * max(0, least - len(text.split()))
