"""`talanoa evidence`: publish audits, data sets and studies; list, cite and withdraw what was published."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.studies.actions import publish_study
from talanoa.studies.commands import refused
from talanoa.studies.models import Publication
from talanoa.studies.publishing import Made, publish, study_of, withdraw
from talanoa.studies.skin import citation


class Command(ActingVerb):
    help = "Publish audits, data sets and studies; list, cite and withdraw what was published."
    verbs = ("audit", "dataset", "study", "list", "cite", "withdraw")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb in ("audit", "dataset"):
            parser.add_argument("process", help="the key of a process")
        if verb == "dataset":
            parser.add_argument("--license", required=True, help="an identifier such as CC-BY-4.0, or words")
        if verb == "study":
            parser.add_argument("folder", type=Path, help="a finished study")
        if verb in ("cite", "withdraw"):
            parser.add_argument("name", help="as it stands in its address")
        if verb == "cite":
            parser.add_argument("--form", choices=("text", "bibtex", "csl"), default="text")
        if verb == "withdraw":
            parser.add_argument("reason", help="a public line; name nobody who asked for removal")
            parser.add_argument(
                "--again", action="store_true", help="publish it anew, without what was erased since"
            )

    def act_audit(self, options: dict[str, Any]) -> Told:
        """Publish the audit of a process, which asks whether it was multistakeholder."""
        return _told(self._published(options, Publication.Kind.AUDIT, ""))

    def act_dataset(self, options: dict[str, Any]) -> Told:
        """Publish the data of a process, pseudonymized, under a license."""
        return _told(self._published(options, Publication.Kind.DATASET, options["license"]))

    def act_study(self, options: dict[str, Any]) -> Told:
        """Publish a finished study, its measures taken anew of protected tables."""
        by = acting_person(options)
        with refused():
            pack = study_of(options["folder"], key=entropy(REAL, "key of pseudonyms"))
        return _told(publish_study(pack, by=by, at=options["at"], channel="cli"))

    def act_list(self, options: dict[str, Any]) -> Told:
        """List what was published, the newest first."""
        rows = Publication.objects.visible_to(acting_person(options)).defer("pack", "results")
        told = [
            {
                "name": one.name,
                "kind": one.kind,
                "title": one.title,
                "withdrawn": one.withdrawn_at is not None,
            }
            for one in rows
        ]
        lines = (
            f"{row['name']} {row['kind']:<8}{' withdrawn' if row['withdrawn'] else ''} {row['title']}"
            for row in told
        )
        return Told({"publications": told}, tuple(lines))

    def act_cite(self, options: dict[str, Any]) -> Told:
        """Say how to cite a publication: as a line, for BibTeX, or as CSL-JSON."""
        told = getattr(citation(_named(options["name"])), options["form"])
        return Told({"citation": told}, (told.rstrip("\n"),))

    def act_withdraw(self, options: dict[str, Any]) -> Told:
        """Withdraw a publication for a public reason; with --again, publish the same anew in its place."""
        found = _named(options["name"])
        by = acting(options, found.process) if found.process else acting_person(options)
        with refused():
            anew = withdraw(found, options["reason"], by=by, again=options["again"], how=_how(options))
        told = _("Withdrawn: %(name)s.") % {"name": found.name}
        data = {"withdrawn": found.name, "instead": anew.name if anew else ""}
        return Told(data, (told, *(_told(anew).lines if anew else ())))

    def _published(self, options: dict[str, Any], kind: str, license_: str) -> Publication:
        process = process_called(options["process"])
        with refused():
            return publish(process, kind, license_, by=acting(options, process), how=_how(options))


def _how(options: dict[str, Any]) -> Made:
    key, contact = entropy(REAL, "key of pseudonyms"), settings.ENV["TALANOA_OPERATOR"]
    return Made(key=key, contact=contact, at=options["at"], channel="cli")


def _named(name: str) -> Publication:
    """Return the publication. Raises RuleBroken: evidence_unknown."""
    found = Publication.objects.filter(name=name.lower()).select_related("process").defer("pack").first()
    if found is None:
        raise RuleBroken(
            _("Nothing that was published is called %(name)s.") % {"name": name}, code="evidence_unknown"
        )
    return found


def _told(made: Publication) -> Told:
    told = _("Published as %(name)s: %(title)s")
    return Told({"name": made.name, "title": made.title}, (told % {"name": made.name, "title": made.title},))
