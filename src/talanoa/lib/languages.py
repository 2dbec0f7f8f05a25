"""Tags of languages in the form people write them: `en`, `pt-BR`, `zh-Hant` (BCP 47, the common part)."""

import re

# Languages that pages can be shown in; a catalog may be partial.
PAGES = [("en", "English"), ("fr", "Français"), ("es", "Español"), ("sw", "Kiswahili"), ("ar", "العربية")]
# Languages in which inputs are most often written; any other may be named in a charter.
INPUTS = [*PAGES, ("pt", "Português"), ("ru", "Русский"), ("zh", "中文")]
# All that we can call by name, each by its own.
NAMED = [
    *INPUTS,
    ("am", "አማርኛ"),
    ("bn", "বাংলা"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("fa", "فارسی"),
    ("ha", "Hausa"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("ht", "Kreyòl ayisyen"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("ig", "Igbo"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("km", "ខ្មែរ"),
    ("ko", "한국어"),
    ("ms", "Bahasa Melayu"),
    ("my", "မြန်မာ"),
    ("ne", "नेपाली"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("ps", "پښتو"),
    ("qu", "Runasimi"),
    ("ro", "Română"),
    ("rw", "Ikinyarwanda"),
    ("si", "සිංහල"),
    ("so", "Soomaali"),
    ("sv", "Svenska"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("th", "ไทย"),
    ("tl", "Tagalog"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("xh", "isiXhosa"),
    ("yo", "Yorùbá"),
    ("zu", "isiZulu"),
]

LAND = 2
"""Letters of the part of a tag that names a land: `BR`. A script has four: `Hant`."""
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_NAMES = dict(NAMED)
_CALLED = {name.casefold(): tag for tag, name in NAMED}


def is_language(tag: str) -> bool:
    """Tell whether `tag` has the form of a language tag."""
    return TAG.fullmatch(tag) is not None


def language_called(said: str) -> str:
    """Return the tag of a language that somebody names: `SW`, `pt-br`, `Kiswahili`; "" where it is none."""
    named = said.strip().strip(".").casefold()
    if named in _CALLED:
        return _CALLED[named]
    base, *more = named.replace("_", "-").split("-")
    tag = "-".join([base, *(part.title() if len(part) == len("Hant") else part.upper() for part in more)])
    return tag if is_language(tag) else ""


def language_name(tag: str) -> str:
    """Return the language's own name for itself; of a variant, with what sets it apart: `Português (BR)`."""
    base, _hyphen, variant = tag.partition("-")
    if tag in _NAMES:
        return _NAMES[tag]
    return f"{_NAMES[base]} ({variant})" if base in _NAMES else tag


def language_tag(word: str) -> str:
    """Return the tag that somebody means who writes `sw`, `PT-br` or `Kiswahili`; empty where it is none."""
    named = {name.casefold(): tag for tag, name in INPUTS}
    base, *rest = word.strip().replace("_", "-").split("-")
    tag = "-".join([base.lower(), *(part.upper() if len(part) <= LAND else part.title() for part in rest)])
    return named.get(word.strip().casefold()) or (tag if is_language(tag) else "")
