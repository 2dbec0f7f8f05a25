"""Small documents for the tests of extraction: built here, each for one rule."""

import io
import zipfile
from collections.abc import Mapping

import docx
import pypdf

ODT_TYPE = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """A zip of `members`, deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    """A document as Word's format has it, with styles and all."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def bare_docx(body: str, **more: bytes | str) -> bytes:
    """The least document that holds `body`, in WordprocessingML with the prefix w; `more` are further members."""
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def word_notes(kind: str, text: str) -> str:
    """The part that holds foot- or endnotes."""
    return f'<w:{kind} xmlns:w="{_WORD}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'


def odt_of(body: str, **more: bytes | str) -> bytes:
    """A text document around `body`, with the prefixes text, table, draw and office."""
    names = " ".join(f'xmlns:{name}="{_ODF}:{uri}:1.0"' for name, uri in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing",
    }.items())  # fmt: skip
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {names}>{inner}</office:document-content>"
    return packed({"mimetype": ODT_TYPE, "content.xml": content, **more})


def pdf_of(*pages: str) -> bytes:
    """A PDF with one line of text on each page, "" for a page without any."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET" if text else ""
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{head}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()


def locked_pdf(text: str, *, to_read: str) -> bytes:
    """A PDF that needs the password `to_read` to be opened ("" for none) and another one to be changed."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of(text)))
    writer.encrypt(user_password=to_read, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
