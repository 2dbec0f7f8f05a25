"""Text from people as HTML: what is shown, and what can never come out."""

import re
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.kernel.markdown import MAX_BYTES, render, render_plain

TAGS = {
    *("p", "br", "a", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5"),
}
ATTRIBUTES = {("a", "href"), ("a", "rel"), ("ol", "start")}
PLAIN_ATTRIBUTES = {("p", "dir"), ("a", "href"), ("a", "rel"), ("a", "dir")}
ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>]*|(?!//)[^\s<>:]*(?:[/?#][^\s<>]*)?", re.IGNORECASE)

HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<style>@import 'https://evil.example/';</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<object data=data:text/html,x></object><embed src=x>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<p style='position:fixed' class=x id=y>x</p>",
    "<plaintext>",
    "<textarea></textarea><script>alert(1)</script>",
    "</p></div></body><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\\script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](ftp://example.org/)",
    "[x](//evil.example/)",
    "[x](tel:+1)",
    "[x](blob:https://example.org/x)",
    "[x](view-source:https://example.org)",
    '[x](https://a.example" onmouseover="alert(1))',
    "[x](https://a.example '\" onmouseover=alert(1) x=\"')",
    '[x](/a "title")',
    "[x]: javascript:alert(1)\n\n[x]",
    "[x]: https://a.example '\"><script>alert(1)</script>'\n\n[x]",
    "<javascript:alert(1)>",
    '<https://a.example/"onclick=alert(1)>',
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    '![" onerror="alert(1)](x)',
    "![<script>alert(1)</script>](x)",
    "[![x](data:image/png;base64,AAAA)](javascript:alert(1))",
    '```"><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "| <script> | b |\n|:--|--:|\n| <img src=x onerror=alert(1)> | [x](javascript:x) |",
    "# <svg onload=alert(1)> {#id onclick=alert(1)}",
    "99999999. <b onclick=alert(1)>x</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#x3c;/script>",
    "\ufeff<\u0000script>alert(1)</\u0000script>",
    "\u202e<gpj.exe\u2066 https://a.example/\u202egnp.exe",
    "\ud83d<script>\udc00 https://a.example/\ud800",
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/'><script>alert(1)</script>",
    "http://[::1]/<script> https://@/ http://&lt;x&gt;",
    "javascript:alert(1)//https://a.example/",
]  # fmt: skip
PARTS = st.sampled_from([
    *("<", ">", '"', "'", "](", "[", ")", "!", "`", "*", "_", "~~", "|", "\n", "# ", "> ", "- ", "&", ";", ":"),
    *("/", "\\", "javascript:", "https://a.b", "<a href=", "onx=1 ", "|-|-|\n", "x", " "),
])  # fmt: skip
MARKDOWN = st.lists(st.one_of(PARTS, st.text(max_size=3)), max_size=40).map("".join)


class Reader(HTMLParser):
    """Collect the tags, the attributes, the addresses and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: dict[tuple[str, str], set[str]] = {}
        self.text = ""
        self.other: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault((tag, name), set()).add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_safe(html: str, tags: set[str], attributes: set[tuple[str, str]]) -> None:
    """Fail unless `html` has these tags and attributes only, and addresses that lead where links may lead."""
    read = Reader(html)
    assert set(read.tags) - tags == set()
    assert set(read.attributes) - attributes == set()
    assert read.other == []
    assert [url for url in read.attributes.get(("a", "href"), set()) if not ADDRESS.fullmatch(url)] == []
    assert read.attributes.get(("a", "rel"), {"nofollow noopener"}) == {"nofollow noopener"}
    assert all(start.isdigit() for start in read.attributes.get(("ol", "start"), set()))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(text: str) -> None:
    assert_safe(render(text), TAGS, ATTRIBUTES)
    assert_safe(render_plain(text), {"p", "br", "a"}, PLAIN_ATTRIBUTES)


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_no_tag_or_attribute_outside_the_list_ever_comes_out(markdown: str) -> None:
    assert_safe(render(markdown), TAGS, ATTRIBUTES)
    assert_safe(render_plain(markdown), {"p", "br", "a"}, PLAIN_ATTRIBUTES)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>"),
        ("`four` ~~five~~", "<p><code>four</code> <del>five</del></p>"),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("```py\n<a>\n```", "<pre><code>&lt;a&gt;\n</code></pre>"),
        ("***", "<hr>"),
        ("|a|\n|:-:|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("https://example.org", "<p>https://example.org</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    assert render(markdown) == html


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/?a=1#b",
        "HTTP://example.org",
        "mailto:desk@example.org",
        "/p/nm/",
        "#p3",
        "../x?y:z",
    ],
)
def test_links_lead_to_the_web_to_mail_and_to_this_site(address: str) -> None:
    assert render(f"[x]({address})") == f'<p><a href="{address}" rel="nofollow noopener">x</a></p>'


def test_a_link_to_elsewhere_stays_readable_text() -> None:
    assert render("[x](javascript:alert(1))") == "<p>[x](javascript:alert(1))</p>"


def test_headings_start_below_the_title_of_the_page() -> None:
    assert Reader(render("# a\n## b\n### c\n#### d\n##### e\n###### f")).tags == [
        "h2",
        "h3",
        "h4",
        "h5",
        "h5",
        "h5",
    ]
    assert Reader(render("# a\n\nb\n=\n## c", heading_offset=2)).tags == ["h3", "h3", "h4"]
    assert Reader(render("# a", heading_offset=-3)).tags == ["h2"]


def test_an_image_becomes_its_alternative_text() -> None:
    assert render("see ![the *new* map](https://evil.example/pixel.png).") == "<p>see the new map.</p>"


def test_a_link_that_shows_nothing_shows_its_address() -> None:
    link = '<p><a href="https://a.example" rel="nofollow noopener">{}</a></p>'
    assert render("[](https://a.example)") == link.format("https://a.example")
    assert render("[![](x.png)](https://a.example)") == link.format("https://a.example")
    assert render("[`c`](https://a.example)") == link.format("<code>c</code>")


def test_signs_that_turn_a_line_around_are_removed() -> None:
    assert (render("a\u202eb\u2066c"), render_plain("a\u202eb\u2066c")) == (
        "<p>abc</p>",
        '<p dir="auto">abc</p>',
    )


@pytest.mark.parametrize("show", [render, render_plain])
def test_above_two_megabytes_nothing_is_shown(show: object) -> None:
    assert show("x" * MAX_BYTES).count("x") == MAX_BYTES
    with pytest.raises(ValueError, match=r"^2000002 bytes; at most 2000000$"):
        show("é" * (MAX_BYTES // 2 + 1))


@pytest.mark.parametrize(
    "sign", [">", "> ", "[", "![", "- ", "*", "_a", "a`", "(", "<", "[a](", "~~a ", "a\n> "]
)
def test_ten_thousand_nested_signs_lose_no_word(sign: str) -> None:
    read = Reader(render(sign * 10_000 + "heard"))
    assert read.text.rstrip("\n").endswith("heard")
    assert len(read.tags) < 30_000


def test_nesting_is_bounded() -> None:
    assert Reader(render("> " * 10_000 + "heard")).tags == ["blockquote"] * 18 + ["p"]


def test_short_references_to_a_long_address_do_not_grow_without_end() -> None:
    html = render("[a]: https://a.example/" + "y" * 90_000 + "\n\n" + "[a] " * 1_000)
    assert (html.count("href="), html.count("<a ")) == (1, 1_000)


@pytest.mark.parametrize("title", ["'{}'", '"{}"', "({})"])
def test_titles_of_links_are_left_out(title: str) -> None:
    assert (
        render(f"[a]: /x {title.format('y' * 1_000)}\n\n[a]")
        == '<p><a href="/x" rel="nofollow noopener">a</a></p>'
    )


def test_plain_text_keeps_its_paragraphs_and_lines() -> None:
    html = '<p dir="auto">Talofa,<br>\nwe &lt;agree&gt; &amp; sign</p>\n<p dir="auto">مرحبا</p>'
    assert render_plain("\nTalofa,\r\nwe <agree> & sign  \n \n\nمرحبا\n") == html


def test_plain_text_is_no_markdown() -> None:
    assert render_plain("# *a* [b](/c) `d`") == '<p dir="auto"># *a* [b](/c) `d`</p>'


def test_both_kinds_of_text_come_out_safe_and_empty_text_empty() -> None:
    shown = [render(""), render_plain(" \n\n")]
    assert (shown, [type(html) for html in shown]) == (["", ""], [SafeString, SafeString])


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://example.org", ["https://example.org"]),
        ("(see https://example.org/a_(b)).", ["https://example.org/a_(b)"]),
        ("see HTTP://Example.org/?a=1&b=2, or", ["HTTP://Example.org/?a=1&b=2"]),
        ("<https://example.org/>", ["https://example.org/"]),
        ("\"https://example.org/\" 'http://b.example'", ["https://example.org/", "http://b.example"]),
        ("参见https://example.org/。谢谢", ["https://example.org/"]),
        ("انظر https://example.org/؟", ["https://example.org/"]),
        ("https://ar.example/ويكي", ["https://ar.example/ويكي"]),
        ("xhttps://example.org ftp://a.b www.example.org a@b.c https:// http://.", []),
        ("https://example.org/" + "x" * 2_000, []),
        ("https://example.org/" + ")" * 1_000, ["https://example.org/"]),
    ],
)
def test_addresses_in_plain_text_are_linked_without_the_signs_around_them(
    text: str, addresses: list[str]
) -> None:
    html = render_plain(text)
    found = re.findall(r'<a href="([^"]*)" rel="nofollow noopener" dir="ltr">([^<]*)</a>', html)
    assert found == [(url.replace("&", "&amp;"), url.replace("&", "&amp;")) for url in addresses]
    assert Reader(html).text == text
