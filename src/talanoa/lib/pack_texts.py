"""The files of a scenario by kind: a mapping, a list, prose, front matter with prose, the draft with its wordings."""

import re
from difflib import get_close_matches

import yaml

from talanoa.lib.course_files import Files
from talanoa.lib.fields import Fields, fault, parsed, parsed_rows
from talanoa.lib.practice_acts import Package
from talanoa.lib.scenarios import Slot

MOST_PROSE = 900
"""So many words has a page at most: it is read on a telephone."""
Wordings = dict[tuple[str, str], tuple[int, str]]
"""Line and words of each (slot, option)."""
_HEADING = re.compile(r"(?P<marks>#{2,3}) +(?P<key>\S.*?) *")


def opened(files: Files, path: str, wrong: list[str]) -> Fields | None:
    """Return the mapping that a file is; None with a fault where it is none."""
    try:
        return parsed(path, files.text(path), wrong)
    except FileNotFoundError:
        wrong.append(f"{path}:1: is missing")
    except (yaml.YAMLError, ValueError) as broken:
        wrong.append(fault(path, broken))
    return None


def opened_rows(files: Files, path: str, wrong: list[str]) -> list[Fields]:
    """Return the mappings of the list that a file is; none with a fault where it is none."""
    try:
        return list(parsed_rows(path, files.text(path), wrong))
    except FileNotFoundError:
        wrong.append(f"{path}:1: is missing")
    except (yaml.YAMLError, ValueError) as broken:
        wrong.append(fault(path, broken))
    return []


def prose(files: Files, path: str, wrong: list[str]) -> str:
    """Return the Markdown of a file."""
    try:
        text = files.text(path).strip()
    except FileNotFoundError:
        wrong.append(f"{path}:1: is missing")
        return ""
    except ValueError as broken:
        wrong.append(fault(path, broken))
        return ""
    check_prose(path, 1, text, wrong)
    return text


def headed(files: Files, path: str, wrong: list[str]) -> tuple[Fields, str, int] | None:
    """Return the front matter of a file, the Markdown behind it, and how many lines stand before that."""
    try:
        _before, head, text = files.text(path).split("---\n", 2)
        fields = parsed(path, head, wrong, 1)
    except FileNotFoundError:
        wrong.append(f"{path}:1: is missing")
        return None
    except (yaml.YAMLError, ValueError):
        wrong.append(f"{path}:1: begins with its fields between two lines of ---")
        return None
    before = head.count("\n") + 2
    check_prose(path, before + 1, text, wrong)
    return fields, text.strip("\n"), before


def check_prose(path: str, line: int, text: str, wrong: list[str]) -> None:
    """Note where a page is empty or too long."""
    words = len(text.split())
    if not words:
        wrong.append(f"{path}:{line}: is empty")
    if words > MOST_PROSE:
        wrong.append(f"{path}:{line}: has {words} words; {MOST_PROSE} are the most")


def wordings(files: Files, path: str, wrong: list[str]) -> tuple[str, Wordings]:
    """Return what stands before the first slot of a draft, and the words of each option.

    `## deadline` begins a slot, `### 72h` the words of one of its options.
    """
    lines = prose(files, path, wrong).splitlines()
    before: list[str] = []
    found: dict[tuple[str, str], tuple[int, list[str]]] = {}
    slot, here = "", before
    for number, line in enumerate(lines, 1):
        match = _HEADING.fullmatch(line)
        if match and match["marks"] == "##":
            slot, here = match["key"], []
        elif match and slot:
            key = (slot, match["key"])
            if key in found:
                wrong.append(f"{path}:{number}: ### {match['key']} stands there twice")
            here = found.setdefault(key, (number, []))[1]
        else:
            here.append(line)
    made = {key: (line, " ".join(" ".join(words).split())) for key, (line, words) in found.items()}
    return "\n".join(before).strip(), made


def package_of(fields: Fields, name: str, slots: tuple[Slot, ...], *, required: bool = True) -> Package:
    """Return the package of a field: one option of each slot, in their order; empty where it is missing or wrong."""
    found = fields.texts(name, required=required)
    if found and len(found) != len(slots):
        fields.blame(name, f"has {len(found)} values; there are {len(slots)} slots")
        return ()
    strange = [
        (key, slot)
        for key, slot in zip(found, slots, strict=False)
        if key not in {one.id for one in slot.options}
    ]
    for key, slot in strange:
        ids = [option.id for option in slot.options]
        fields.blame(name, f"has {key} for {slot.id}, which is none of {', '.join(ids)}{meant(key, ids)}")
    return () if strange else found


def meant(said: str, among: list[str]) -> str:
    """Return `: did you mean x?` where something near is known."""
    near = get_close_matches(said, among, n=1)
    return f": did you mean {near[0]}?" if near else ""
