"""All measures by key: the standard ones, which a list has too, and those of an audit."""

from talanoa.lib.measures.audited import AUDITED
from talanoa.lib.measures.registered import STANDARD

BY_KEY = {measure.key: measure for measure in (*STANDARD, *AUDITED)}
