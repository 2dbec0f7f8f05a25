"""How a publication is cited: as a line, for BibTeX, and as CSL-JSON (citationstyles.org, schema 1.0)."""

import json
import re
from dataclasses import dataclass
from datetime import date

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile("|".join(map(re.escape, _TEX)))


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: `name` is the beginning of the hash of its manifest, `publisher` the installation."""

    name: str
    title: str
    authors: str
    publisher: str
    published_on: date
    url: str
    is_data: bool

    @property
    def text(self) -> str:
        """The citation as a line."""
        kind = "Data set" if self.is_data else "Study"
        end = "" if self.title.endswith(("?", ".", "!")) else "."
        who, year = self.authors or self.publisher, self.published_on.year
        return f"{who} ({year}): {self.title}{end} {kind}, version {self.name}. {self.publisher}. {self.url}"

    @property
    def bibtex(self) -> str:
        """The citation for BibTeX; the fields are those of its standard styles."""
        fields = {
            "author": f"{{{_tex(self.authors or self.publisher)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "year": str(self.published_on.year),
            "howpublished": _tex(self.publisher),
            "note": f"Version {self.name}",
            "url": self.url,
        }
        told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{talanoa-{self.name},\n{told}}}\n"

    @property
    def csl(self) -> str:
        """The citation as CSL-JSON."""
        on = self.published_on
        told = {
            "id": f"talanoa-{self.name}",
            "type": "dataset" if self.is_data else "report",
            "title": self.title,
            "author": [{"literal": self.authors or self.publisher}],
            "issued": {"date-parts": [[on.year, on.month, on.day]]},
            "publisher": self.publisher,
            "version": self.name,
            "URL": self.url,
        }
        return f"{json.dumps([told], ensure_ascii=False, indent=1)}\n"


def _tex(value: str) -> str:
    """Return a value so that TeX takes nothing in it for a command."""
    return _SPECIAL.sub(lambda found: _TEX[found[0]], value)
