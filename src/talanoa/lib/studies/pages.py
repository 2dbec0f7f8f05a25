"""The page of a study: readable without scripts and without a line, each figure beside its table."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from talanoa.lib.measures.definitions import Measure, Result, Row, Value
from talanoa.lib.measures.known import BY_KEY
from talanoa.lib.studies.criteria import CRITERIA, NO_GRADE, Criterion
from talanoa.lib.studies.figures import Bar, bars
from talanoa.lib.studies.study_files import Study

MOST_ROWS = 60
"""Rows of a table that stand in the page; all of them are in its file."""
NOTHING = "There is nothing that can be shown."
STYLE = """
:root{color-scheme:light dark;--ink:#1d1f1e;--paper:#fbfaf6;--quiet:#5b605e;--line:#d9d6cb;--part:#0b5351}
@media (prefers-color-scheme:dark){:root{--ink:#ececea;--paper:#171918;--quiet:#a9adab;--line:#3a3d3b;--part:#7cc6bd}}
body{margin:2rem auto;max-width:52rem;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
body{color:var(--ink);background:var(--paper)}
h1,h2,h3{font-family:Georgia,serif;font-weight:400;line-height:1.2}
.quiet{color:var(--quiet);font-size:.9rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:1rem 0}
caption{text-align:start;color:var(--quiet)}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:start}
th.n,td.n{text-align:end;font-variant-numeric:tabular-nums}
svg{width:100%;max-width:36rem}
svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
svg rect{fill:var(--part)}
svg line{stroke:var(--ink);stroke-width:1.5}
"""
_NAMES = {
    "legal_basis": "Legal ground",
    "keep_until": "Tables are kept until",
    "ethics": "Ethics approval",
}


def page(study: Study, results: Mapping[str, Sequence[Result]], files: Mapping[str, str]) -> str:
    """Return the page; `files` are what it stands on, with their hashes."""
    title = escape(study.title)
    told = "".join(
        _word(key, value) for key, value in study.words.items() if key not in ("title", "question", "report")
    )
    body = audited if study.is_audit else _input
    inputs = "".join(body(name, found) for name, found in results.items())
    hashes = "".join(
        f"<li><code>{escape(name)}</code> <code>{sha[:16]}</code></li>" for name, sha in files.items()
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>\n<p>{escape(study.words['question'])}</p>\n"
        f"<dl>{told}</dl>\n{inputs}\n"
        "<h2>To do it again</h2>\n<p>codebook.html says what each column means and how each measure counts.</p>\n"
        "<p>manifest.json names every file with its hash. <code>talanoa study verify</code>"
        " with this folder takes all measures again and says what differs. It stands on these tables:</p>\n"
        f"<ul>{hashes}</ul>\n</main></body></html>\n"
    )


def _word(key: str, value: str) -> str:
    name = _NAMES.get(key, key.replace("_", " ").capitalize())
    return f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"


def _input(name: str, results: Iterable[Result]) -> str:
    return f"<h2>{escape(name)}</h2>\n" + "\n".join(measured(name, result) for result in results)


def audited(name: str, results: Iterable[Result]) -> str:
    """Return the results of an audit, criterion by criterion; there is no total."""
    found = {result.measure: result for result in results}
    return f"<p>{escape(NO_GRADE)}</p>\n" + "\n".join(_criterion(name, one, found) for one in CRITERIA)


def _criterion(name: str, one: Criterion, found: Mapping[str, Result]) -> str:
    sources = "".join(
        f"<li>{escape(source.asks)} <cite>{escape(source.name)}</cite></li>" for source in one.sources
    )
    discuss = "".join(f"<li>{escape(question)}</li>" for question in one.discuss)
    results = "\n".join(measured(name, found[key]) for key in one.measures if key in found)
    return (
        f"<h2>{escape(one.title)}: {escape(name)}</h2>\n<p>{escape(one.question)}</p>\n"
        f"<p>What others ask of a process:</p><ul>{sources}</ul>\n{results}\n"
        f"<h3>To discuss</h3><ul>{discuss}</ul>"
    )


def measured(name: str, result: Result) -> str:
    """Return what a measure gave: its figure, its table, and what it cannot tell."""
    measure = BY_KEY[result.measure]
    notes = [f"Counted: {result.of:,}."]
    if result.unknown_share is not None:
        notes.append(f"Unknown: {result.unknown_share:.0%} of it.")
    if result.n_hidden:
        notes.append(f"Hidden, because so few persons stand behind them: {result.n_hidden} rows.")
    if len(result.rows) > MOST_ROWS:
        notes.append(f"{len(result.rows) - MOST_ROWS} more rows stand in {name}-{measure.key}.csv.")
    return (
        f"<section><h3>{escape(measure.title)}</h3>\n<p>{escape(measure.answers)}</p>\n"
        f"{bars(measure.title, drawn(measure, result.rows))}\n{_table(measure, result)}\n"
        f'<p class="quiet">{escape(" ".join(notes))} {escape(measure.caveat)}</p></section>'
    )


def drawn(measure: Measure, rows: Sequence[Row]) -> list[Bar]:
    """Return a bar for each row of a measure that has a share with an interval."""
    columns = list(measure.columns)
    if "share" not in columns:
        return []
    at = [columns.index(name) for name in ("share", "low", "high")]
    found = []
    for row in rows:
        share, low, high = (row[place] for place in at)
        if isinstance(share, float) and isinstance(low, float) and isinstance(high, float):
            found.append(Bar(", ".join(shown(value) for value in row[: measure.n_keys]), share, low, high))
    return found


def _table(measure: Measure, result: Result) -> str:
    if not result.rows:
        return f'<p class="quiet">{NOTHING}</p>'
    heads = "".join(
        f'<th scope="col"{_kind(row[place] for row in result.rows)} title="{escape(meaning)}">'
        f"{escape(name.replace('_', ' '))}</th>"
        for place, (name, meaning) in enumerate(measure.columns.items())
    )
    rows = "".join(
        "<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in result.rows[:MOST_ROWS]
    )
    return (
        f'<div class="wide"><table><caption>{escape(measure.title)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(value: Value) -> str:
    return f"<td{_kind([value])}>{escape(shown(value))}</td>"


def _kind(values: Iterable[Value]) -> str:
    """Return the class of numbers, unless one of `values` is a word."""
    return "" if any(isinstance(value, str) for value in values) else ' class="n"'


def shown(value: Value) -> str:
    """Return a value as people read it; what is not known is empty."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    return value.replace("_", " ") if isinstance(value, str) else str(value)
