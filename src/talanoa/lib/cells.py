"""Cells of tables that people open in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str) -> str:
    """Return `value` so that no spreadsheet takes it for a formula (ASVS 5.0, 1.2.10)."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def plain_cell(value: str) -> str:
    """Return what stood in a cell that `safe_cell` wrote: the apostrophe that keeps a formula from running goes."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_FORMULA) else value
