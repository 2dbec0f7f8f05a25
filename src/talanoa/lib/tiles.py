"""Tiles (C2SP tlog-tiles): the static files by which anyone can copy a log and check it alone.

Errors: TileError, a ValueError, for a path, a width or a bundle that the format does not allow.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talanoa.lib.merkle import Read

ENTRIES = -1
WIDTH = 256
HEIGHT = 8
MAX_LEVEL = 63
MAX_INDEX = 2**63 - 1
MAX_ENTRY = 65_535

_LENGTH = 2
_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([0-9]{1,3}))?")


class TileError(ValueError):
    """The path, the width or the bundle is not one of the format."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One file: `width` hashes (1 to 256) of the tree's level 8 * `level`; or entries, at level ENTRIES."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where the file stands below the log's prefix; TileError if there is no such tile."""
        return tile_path(self.level, self.index, self.width)


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Return a tile's path: `tile/0/x001/x234/067`, `tile/1/000.p/17`, for ENTRIES `tile/entries/000`."""
    if not ENTRIES <= level <= MAX_LEVEL or not 0 <= index <= MAX_INDEX or not 1 <= width <= WIDTH:
        raise TileError(f"no tile at level {level}, index {index}, width {width}")
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    folder = "entries" if level == ENTRIES else str(level)
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{folder}/{'/'.join(reversed(groups))}{partial}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Return the path of an entry bundle: `tile/entries/x001/234.p/5`."""
    return tile_path(ENTRIES, index, width)


def parse_tile_path(path: str) -> Tile:
    """Return the tile that `path` names; TileError for anything but the one spelling of a possible tile."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise TileError("not the path of a tile")
    level = ENTRIES if match[1] == "entries" else int(match[1])
    index = int(match[2].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(match[3]) if match[3] else WIDTH)
    if tile.path != path:
        raise TileError("not the path of a tile")
    return tile


def tile_bytes(level: int, index: int, width: int, read: Read) -> bytes:
    """Return the bytes of a hash tile: `width` hashes of 32 bytes."""
    first = index * WIDTH
    return b"".join(read(HEIGHT * level, first + offset) for offset in range(width))


def entry_bundle(leaves: Sequence[bytes]) -> bytes:
    """Return up to 256 entries as one bundle: each with its length before it, two bytes, the higher first."""
    if not 1 <= len(leaves) <= WIDTH:
        raise TileError("a bundle holds 1 to 256 entries")
    if any(len(leaf) > MAX_ENTRY for leaf in leaves):
        raise TileError("an entry has at most 65,535 bytes")
    return b"".join(len(leaf).to_bytes(_LENGTH, "big") + leaf for leaf in leaves)


def read_bundle(bundle: bytes) -> list[bytes]:
    """Return the entries of a bundle; TileError if it is cut off, empty or holds more than 256."""
    leaves, position = [], 0
    while position < len(bundle):
        begin = position + _LENGTH
        position = begin + int.from_bytes(bundle[position:begin], "big")
        leaves.append(bundle[begin:position])
    if position != len(bundle) or not 1 <= len(leaves) <= WIDTH:
        raise TileError("the bundle is cut off or holds no entry or too many")
    return leaves


def tiles_for(size: int) -> Iterator[Tile]:
    """Yield every file of a log at `size` entries: bundles, then hash tiles level by level, from the left."""
    yield from _row(ENTRIES, size)
    level, hashes = 0, size
    while hashes:
        yield from _row(level, hashes)
        level, hashes = level + 1, hashes // WIDTH


def _row(level: int, count: int) -> Iterator[Tile]:
    """The full tiles of one level and the partial one after them."""
    full, rest = divmod(count, WIDTH)
    for index in range(full):
        yield Tile(level, index)
    if rest:
        yield Tile(level, full, rest)
