"""A name and an address as they stand in the header of a mail (RFC 5322, section 3.4)."""

from email.header import Header


def mailbox(name: str, address: str) -> str:
    """Return `"Name" <address>` on one line; a name beyond ASCII is written in the words of RFC 2047."""
    line = " ".join(name.split())
    if not line:
        return address
    if line.isascii() and "=?" not in line:
        escaped = line.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{address}>'
    words = Header(line, "utf-8", header_name="From").encode()
    return f"{' '.join(words.split())} <{address}>"
