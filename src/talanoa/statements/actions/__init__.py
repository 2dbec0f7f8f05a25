"""Steps of a round: open and close it, propose a statement, cast a ballot."""
