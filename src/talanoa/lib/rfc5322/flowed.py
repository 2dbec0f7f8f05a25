"""Paragraphs whole again that were sent as format=flowed (RFC 3676)."""

_SIGNATURE = "-- "


def unflowed(text: str, *, delsp: bool) -> str:
    r"""Return `text` ("\n" line ends) with soft line breaks removed (RFC 3676, section 4).

    `delsp`: the space that marks a soft break is no part of the text. Quoted lines come out with one "> " for
    each level.
    """
    lines: list[str] = []
    paragraph: list[str] = []
    depth_before = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        if paragraph and (depth != depth_before or content == _SIGNATURE):
            lines.append(_quoted(paragraph, depth_before))
            paragraph = []
        depth_before = depth
        if content.endswith(" ") and content != _SIGNATURE:
            paragraph.append(content[:-1] if delsp else content)
        else:
            lines.append(_quoted([*paragraph, content], depth))
            paragraph = []
    if paragraph:
        lines.append(_quoted(paragraph, depth_before))
    return "\n".join(lines)


def _quoted(pieces: list[str], depth: int) -> str:
    text = "".join(pieces)
    return "> " * depth + text if text else ">" * depth
