import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_log import ExampleLog
from talanoa.lib.merkle import leaf_hash
from talanoa.lib.tiles import (
    ENTRIES,
    Tile,
    TileError,
    entries_path,
    entry_bundle,
    parse_tile_path,
    read_bundle,
    tile_bytes,
    tile_path,
    tiles_for,
)

PATHS = {
    "tile/0/x001/x234/067": Tile(0, 1_234_067),
    "tile/0/000": Tile(0, 0),
    "tile/1/000.p/17": Tile(1, 0, 17),
    "tile/63/x001/000.p/255": Tile(63, 1000, 255),
    "tile/entries/999": Tile(ENTRIES, 999),
    "tile/entries/x001/234.p/5": Tile(ENTRIES, 1234, 5),
}


@pytest.mark.parametrize(("path", "tile"), PATHS.items())
def test_a_tile_stands_where_the_specification_puts_it(path: str, tile: Tile) -> None:
    assert (tile.path, parse_tile_path(path)) == (path, tile)


def test_an_entry_bundle_has_a_path_of_its_own() -> None:
    assert entries_path(1234, 5) == "tile/entries/x001/234.p/5"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/1000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/data/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/05",
        "tile/0/000.p/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/0/../000",
        "tile/0/" + "x999/" * 6 + "999",
        "tile/0/" + "x999/" * 7 + "999",
    ],
)
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(TileError):
        parse_tile_path(path)


@pytest.mark.parametrize(
    ("level", "index", "width"), [(-2, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_an_impossible_tile_has_no_path(level: int, index: int, width: int) -> None:
    with pytest.raises(TileError):
        tile_path(level, index, width)


@given(st.integers(ENTRIES, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
def test_every_tile_is_found_again_by_its_path(level: int, index: int, width: int) -> None:
    assert parse_tile_path(tile_path(level, index, width)) == Tile(level, index, width)


def test_the_tiles_of_a_log_are_those_of_the_specifications_example() -> None:
    hashes = [tile for tile in tiles_for(70_000) if tile.level != ENTRIES]
    expected = [Tile(0, index) for index in range(273)] + [
        Tile(0, 273, 112),
        Tile(1, 0),
        Tile(1, 1, 17),
        Tile(2, 0, 1),
    ]
    assert hashes == expected


def test_every_row_of_hashes_has_its_row_of_entries() -> None:
    assert [tile.path for tile in tiles_for(257)] == [
        "tile/entries/000",
        "tile/entries/001.p/1",
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
    ]


def test_an_empty_log_has_no_tiles() -> None:
    assert list(tiles_for(0)) == []


def test_a_tile_holds_the_hashes_of_its_level() -> None:
    log = ExampleLog().grow(600)
    assert tile_bytes(0, 2, 88, log.read) == b"".join(leaf_hash(data) for data in log.leaves[512:])
    assert tile_bytes(1, 0, 2, log.read) == log.nodes[8, 0] + log.nodes[8, 1]


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_is_read_as_it_was_written(leaves: list[bytes]) -> None:
    assert read_bundle(entry_bundle(leaves)) == leaves


def test_a_bundle_has_two_bytes_of_length_before_each_entry() -> None:
    assert entry_bundle([b"a", b"", b"x" * 258]) == b"\x00\x01a\x00\x00\x01\x02" + b"x" * 258


@pytest.mark.parametrize("leaves", [[], [b""] * 257, [b"x" * 65_536]])
def test_what_does_not_fit_into_a_bundle_is_refused(leaves: list[bytes]) -> None:
    with pytest.raises(TileError):
        entry_bundle(leaves)


@pytest.mark.parametrize("bundle", [b"", b"\x00", b"\x00\x02a", b"\x00\x01a\x00", b"\x00\x00" * 257])
def test_a_damaged_bundle_is_refused(bundle: bytes) -> None:
    with pytest.raises(TileError):
        read_bundle(bundle)


def test_the_largest_entry_fits() -> None:
    assert read_bundle(entry_bundle([b"x" * 65_535])) == [b"x" * 65_535]
