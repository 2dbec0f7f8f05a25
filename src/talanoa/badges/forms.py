"""The form by which anybody checks a badge."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.lib.badge_texts import MAX_TEXT, BadgeMissing, found_in


class CheckForm(forms.Form):
    """A badge as text or as a file, and the address that it should belong to. Nothing of it is kept."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("The badge, or the whole mail that brought it"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "ltr"}),
        max_length=MAX_TEXT,
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("Or its file"), required=False)
    address = forms.EmailField(
        label=gettext_lazy("The mail address of who showed it to you"),
        help_text=gettext_lazy("The badge tells whether it was awarded to this address. It is not kept."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "file"):  # one of the two
            self.fields[name].is_expected = True  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile | None:
        """Refuse a file that is larger than any mail with a badge in it."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_TEXT:
            raise ValidationError(_("A badge is never larger than %(most)s bytes.") % {"most": MAX_TEXT})
        return file

    def clean(self) -> dict[str, Any]:
        """Find the badge in what was given."""
        file = self.cleaned_data.get("file")
        given = self.cleaned_data.get("text") or (file.read().decode(errors="replace") if file else "")
        if self.errors:
            return self.cleaned_data
        try:
            self.cleaned_data["token"] = found_in(given)
        except BadgeMissing:
            self.add_error("text", _("No badge stands in this. Paste the text of one, or choose its file."))
        return self.cleaned_data
