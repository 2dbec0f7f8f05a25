"""The form by which an input is sent, and the one by which the secretariat enters one for somebody."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.forms import FilterForm, VisitorForm
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.receiving import Words
from talanoa.inputs.models import Input
from talanoa.inputs.queries import languages_of
from talanoa.inputs.uploads import read_upload
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.languages import NAMED, language_name
from talanoa.people.forms import place_choices
from talanoa.people.models import Group
from talanoa.processes.models import Process

FILE_LIMIT = 10 * 1024 * 1024
Shown = Contribution.Publication
Sections = list[tuple[Any, list[BoundField]]]


class PublicationField(forms.ChoiceField):
    """How the words may be shown: three choices, each with what it means."""

    def __init__(self, *, label: Any, named: Any, unnamed: Any) -> None:
        choices = [(Shown.NAMED, named), (Shown.GROUP_ONLY, unnamed), (Shown.PRIVATE, _("Not at all"))]
        super().__init__(label=label, choices=choices, widget=forms.RadioSelect, initial=Shown.NAMED)
        self.descriptions = {
            Shown.NAMED: _("Name, organization, stakeholder group and country stand beside the words."),
            Shown.GROUP_ONLY: _("Only the stakeholder group and the country stand there."),
            Shown.PRIVATE: _(
                "Only the convenor, the secretariat and the chair read it. It is counted and answered all the same."
            ),
        }


Parts = tuple[tuple[Any, tuple[str, ...]], ...]


class LanguageField(forms.ChoiceField):
    """The language of the words; whoever names none leaves it to a program, which says so."""

    def __init__(self) -> None:
        choices = [("", _("As the words show")), *NAMED]
        super().__init__(label=_("Language"), choices=choices, required=False)
        self.is_expected = True


class ListForm(FilterForm):
    """Filters of the list of inputs: also by language, where the public inputs are in more than one."""

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, process=process, **kwargs)
        found = languages_of(process)
        if len(found) > 1:
            named = [(tag, language_name(tag)) for tag in found]
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"),
                choices=[("", _("All languages")), *named],
                required=False,
                error_messages={"invalid_choice": _("There is no such language here; all are shown.")},
            )


class WordsForm(forms.Form):
    """Title, text or file, language."""

    title = forms.CharField(
        label=_("Title"),
        max_length=Input.TITLE_LIMIT,
        required=False,
        help_text=_("What it is about, in one line."),
    )
    text = forms.CharField(
        label=_("Your input"),
        required=False,
        max_length=Input.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("As short as one sentence, as long as you need. What would you change, and why?"),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_(
            "txt, md, pdf, docx or odt, up to 10 MB. Its text is shown; the file is kept as it came."
        ),
    )
    language = LanguageField()
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    words: Words
    parts: Parts = ((None, ("title", "text", "file", "language")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two is needed: neither is marked as optional.
        for name in ("text", "file"):
            self.fields[name].is_expected = True  # type: ignore[attr-defined]

    @property
    def sections(self) -> Sections:
        """The visible fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.parts]

    def clean(self) -> dict[str, Any]:
        """Take the words from the text, or from the file where there is no text."""
        said: dict[str, Any] = super().clean() or {}
        file: UploadedFile | None = said.get("file")
        try:
            self.words = self._read(said, file)
        except RuleBroken as broken:
            self.add_error("file" if file else "text", broken)
        return said

    def _read(self, said: dict[str, Any], file: UploadedFile | None) -> Words:
        title, language = said.get("title", ""), said.get("language", "")
        if file is None:
            return Words(title=title, text=said.get("text", ""), language=language)
        if (file.size or 0) > FILE_LIMIT:
            raise RuleBroken(_("A file may have up to 10 MB."), code="upload_too_large")
        read = read_upload(file.read(), file.name or "", title=title, language=language)
        if not said.get("text", "").strip():
            return read
        return Words(
            title=title,
            text=said["text"],
            language=language,
            filename=read.filename,
            media_type=read.media_type,
            data=read.data,
            notes=read.notes,
        )


class InputForm(WordsForm):
    """An input by somebody who is signed in."""

    publication = PublicationField(
        label=_("How may we show it?"), named=_("With my name"), unnamed=_("Without my name")
    )
    parts: Parts = ((None, ("title", "text", "file", "language", "publication")),)


class VisitorInputForm(VisitorForm, InputForm):
    """An input by somebody who is not signed in: held until the address is confirmed."""

    parts: Parts = (
        (_("Your words"), ("title", "text", "file", "language", "publication")),
        (_("About you"), VisitorForm.ABOUT),
    )


class EnterForm(InputForm):
    """An input that the secretariat enters for somebody: on paper, spoken, or from an interview."""

    source = forms.ChoiceField(
        label=_("How it came"),
        choices=[("paper", _("On paper")), ("interview", _("In an interview"))],
        widget=forms.RadioSelect,
        initial="paper",
    )
    name = forms.CharField(label=_("Name of the author"), max_length=300)
    address = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("An interview is published once the person confirms it by answering our mail."),
    )
    group = forms.ChoiceField(label=_("Stakeholder group"), choices=Group.choices, initial=Group.OTHER)
    organization = forms.CharField(label=_("Organization"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country or region"), choices=place_choices, required=False)
    publication = PublicationField(
        label=_("How may it be shown, as its author says?"),
        named=_("With the author's name"),
        unnamed=_("Without the name"),
    )
    parts: Parts = (
        (_("What was said"), ("source", "title", "text", "file", "language")),
        (_("Who said it"), ("name", "address", "group", "organization", "country", "publication")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The words")
        self.fields["text"].help_text = _("As the author wrote or said them; of an interview, your summary.")


class LanguageForm(forms.Form):
    """In which language an input is; one that is not in the list stays as it is."""

    language = forms.ChoiceField(label=_("Language"), choices=NAMED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now, field = self.initial.get("language", ""), self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        if now not in dict(NAMED):
            field.choices = [(now, language_name(now) if now else _("not known")), *NAMED]


class TranscribeForm(forms.Form):
    """What somebody of the secretariat reads in a mail that no program could read."""

    title = forms.CharField(label=_("Title"), max_length=Input.TITLE_LIMIT, required=False)
    text = forms.CharField(
        label=_("The words"),
        max_length=Input.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("As the author wrote them, and nothing else."),
    )
    language = LanguageField()
    name = forms.CharField(label=_("Name of the author"), max_length=300)
    address = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_(
            "They are told, and asked to confirm the words. Leave it empty where the mail names none."
        ),
    )

    @property
    def words(self) -> Words:
        """The words, once the form is valid."""
        said = self.cleaned_data
        return Words(title=said["title"], text=said["text"], language=said["language"])
