"""Who is asked what comes from a public function: the least asked first, and nobody chooses."""

from talanoa.lib.opinion import Asked, statement_order


def test_what_a_group_was_asked_least_comes_first_then_what_all_were() -> None:
    asked = {1: Asked(9, 9), 2: Asked(0, 90), 3: Asked(0, 2), 4: Asked(2, 2)}
    assert statement_order(asked, participant=5, seed="beacon") == (3, 2, 4, 1)


def test_people_get_equals_in_different_orders_and_each_the_same_one_again() -> None:
    asked = {number: Asked(4 + number % 4, 16) for number in range(20)}
    orders = {statement_order(asked, participant=person, seed="beacon") for person in range(10)}
    assert len(orders) == 10
    turned = dict(reversed(asked.items()))
    assert statement_order(turned, participant=1, seed="beacon") in orders


def test_another_seed_gives_another_order() -> None:
    asked = {number: Asked(0, 0) for number in range(20)}
    orders = {statement_order(asked, participant=1, seed=seed) for seed in ("a", "b", "c")}
    assert len(orders) == 3


def test_groups_that_ask_by_it_are_asked_evenly() -> None:
    counts = dict.fromkeys(range(30), 0)
    for person in range(100):
        asked = {number: Asked(count, count) for number, count in counts.items()}
        for number in statement_order(asked, participant=person, seed="beacon")[:6]:
            counts[number] += 1
    assert max(counts.values()) <= 2 * min(counts.values())
