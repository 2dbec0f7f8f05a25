"""Real or practice: the one distinction that nothing crosses (design: architecture, rule 3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Space:
    """Where a process lives. `key` and `seed` are empty in real space; a practice room has its own."""

    name: str
    key: str = ""
    seed: bytes = b""

    @property
    def is_real(self) -> bool:
        """Tell whether acts here concern the real world."""
        return self.name == "real"

    @property
    def log(self) -> str:
        """The name of the log that holds the entries of this space."""
        return "real" if self.is_real else f"practice/{self.key}"


REAL = Space("real")
