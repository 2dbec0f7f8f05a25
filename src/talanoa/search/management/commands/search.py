"""`talanoa search WORDS`: what everybody may read of it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from talanoa.search.queries import KINDS, search

SHOWN = 20


class Command(BaseCommand):
    help = "Search public inputs, answers, reports, bodies and released archives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", help='words, "phrases" and -without')
        parser.add_argument("--kind", action="append", default=[], choices=KINDS)
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *_given: Any, **options: Any) -> None:
        hits = search(options["words"], person=None, kinds=options["kind"], limit=SHOWN)
        if options["json"]:
            rows = [
                {
                    "kind": hit.kind,
                    "title": hit.title,
                    "address": hit.address,
                    "process": hit.process,
                    "text": "".join(piece.text for piece in hit.pieces),
                }
                for hit in hits
            ]
            self.stdout.write(json.dumps({"found": rows}, ensure_ascii=False))
            return
        for hit in hits:
            self.stdout.write(f"{hit.kind:<9} {hit.address}  {hit.title}")
