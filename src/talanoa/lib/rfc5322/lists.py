"""What a mail tells of the list that carried it, and who wrote it where the list stands in From.

Fields of lists: RFC 2369, RFC 2919 and RFC 5064. A list that protects its members from DMARC puts its own address into
From, as "X via LIST", and the author's into Reply-To or X-Original-From.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from talanoa.lib.messageids import is_message_id, permalink_hash
from talanoa.lib.rfc5322.header import Header
from talanoa.lib.rfc5322.words import decoded_words, header_text

_LIST_ID = re.compile(r"[a-z0-9_+~=&'-]{1,64}(?:\.[a-z0-9_-]{1,63}){1,8}")
_IDENTIFIER = re.compile(r"<([^<>]+)>")
_MAILTO = re.compile(r"<\s*mailto:([^<>?\s]{3,254})[^<>]*>", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>,;:\"]{1,64}@[a-z0-9][a-z0-9.-]{0,252}")
_WEB = re.compile(r"https?://[a-z0-9.-]{1,250}(?::\d{1,5})?(?:/[!-;=?-~]{0,400})?", re.IGNORECASE)
# What lists add to their name for addresses of their own (RFC 2142, section 6, and the practice of Mailman).
_OWN = re.compile(
    r"[-+](?:request|bounces?|owner|admin|confirm|join|leave|subscribe|unsubscribe)(?:[-+].*)?\Z", re.DOTALL
)
_VIA = re.compile(r"\s+(?:via|por|par|über|through)\s+.*\Z", re.IGNORECASE | re.DOTALL)
# Below this line Mailman puts where one leaves the list.
_FOOTER = re.compile(r"\n_{20,60}[ \t]*\n[^\n]{0,120}(?:mailing list|list --)[^\n]*\n.{0,1000}\Z", re.DOTALL)
_HYPERKITTY = re.compile(r"/list/[^/]+/?\Z")


def list_id(header: Header) -> str:
    """Return the identifier in List-Id (RFC 2919), lower-case, "" where the mail came by no list."""
    value = decoded_words(header_text(header.first("list-id"), []), [])
    match = _IDENTIFIER.search(value)
    return (match[1] if match else value).strip().lower()


def is_list_id(name: str) -> bool:
    """Tell whether `name` is an identifier of a list, lower-case and without brackets (RFC 2919, section 3)."""
    return _LIST_ID.fullmatch(name) is not None


def listed_address(header: Header) -> str:
    """Return the address of List-Post, lower-case; "" where it is none, or "NO"."""
    match = _MAILTO.search(header_text(header.first("list-post"), []))
    address = unquote(match[1]).lower() if match else ""
    return address if is_mail_address(address) else ""


def address_in(header: Header, name: str) -> str:
    """Return the web address that the field holds, "" where it holds none."""
    match = _IDENTIFIER.search(header_text(header.first(name), []))
    address = "".join(match[1].split()) if match else ""
    return address if is_web_address(address) else ""


def is_web_address(address: str) -> bool:
    """Tell whether `address` is a whole http or https address: a host, perhaps a port and a path, no user."""
    return _WEB.fullmatch(address) is not None


def is_mail_address(address: str) -> bool:
    """Tell whether `address` is one plain mail address, lower-case domain included."""
    return _MAIL.fullmatch(address) is not None


def addresses_of_list(identifier: str, *posts: str) -> frozenset[str]:
    """Return the addresses of a list: those it is known by, and the one that its identifier says (RFC 2919, 3)."""
    name, _dot, domain = identifier.partition(".")
    return frozenset(filter(None, (*posts, f"{name}@{domain}" if domain else "")))


def is_of_list(address: str, known: Iterable[str]) -> bool:
    """Tell whether `address` is one of the `known` ones of a list, or its -request, -bounces, -owner and the like."""
    local, _at, domain = address.lower().rpartition("@")
    return f"{_OWN.sub('', local)}@{domain}" in known or address.lower() in known


def writer(sender: str, behind: Iterable[str], known: Iterable[str]) -> str:
    """Return the address of who wrote a mail that a list carried, "" where nobody can be told.

    It is the sender's, unless that is the list's own: then the only other one that stands behind it.
    """
    if sender and not is_of_list(sender, known):
        return sender
    others = {address for address in behind if not is_of_list(address, known)}
    return others.pop() if len(others) == 1 else ""


def name_without_list(name: str) -> str:
    """Return how somebody is called, without the "via LIST" of a list."""
    return _VIA.sub("", name).strip().strip("'\"")


def without_footer(text: str) -> str:
    """Return `text` without what Mailman writes below each mail: which list it is, and how to leave it."""
    return _FOOTER.sub("", text.rstrip() + "\n").rstrip()


def permalink(archived_at: str, archive: str, message_id: str) -> str:
    """Return where a mail stands in the archive of its list, "" where nobody can tell.

    `archive` is the base address of the archive as we know it: only a link to its host is believed. Where the mail
    says nothing and `archive` is that of a list in HyperKitty, the address is known from the identifier.
    """
    host = urlsplit(archive).hostname
    if host and archived_at and urlsplit(archived_at).hostname == host:
        return archived_at
    if _HYPERKITTY.search(urlsplit(archive).path) and is_message_id(message_id):
        return f"{archive.rstrip('/')}/message/{permalink_hash(message_id)}/"
    return ""
