"""A Word document that an office can go on with."""

import io

import docx

from talanoa.lib.exporting import as_docx
from talanoa.lib.importing import read
from talanoa.lib.importing.units import units_of

MARKDOWN = """# Training

Money **lacks** *always*, `x = 1`, ~~never~~, [a page](https://example.org/a_b) and <https://example.org/>.

- hosts, 2 * 3
- those who
  - teach
  - learn

4. fourth
5. fifth
   1. deeper

> Said.
>
> Twice.

```
a  = 1
  b
```

| who | what |
| --- | --- |
| hosts | 1 \\| 2 |

**Recommendation 1.** Pay.

1. a list of its own
2. begins anew"""


def test_from_markdown_to_word_and_back_nothing_changes() -> None:
    assert read(as_docx(MARKDOWN, title="Training"), "a.docx").units == units_of(MARKDOWN)


def test_language_and_title_are_properties_of_the_file_and_nobody_is_its_author() -> None:
    told = docx.Document(io.BytesIO(as_docx("x", title="T" * 300, language="sw"))).core_properties
    assert (told.title, told.language, told.author, told.comments) == ("T" * 255, "sw", "", "")


def test_an_empty_text_is_an_empty_document() -> None:
    assert docx.Document(io.BytesIO(as_docx("", title=""))).paragraphs == []
