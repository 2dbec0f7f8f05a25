"""What every code of the form-text reader means: repairs made, conflicts left to a person, refusals."""

from collections.abc import Mapping

REPAIRS: Mapping[str, str] = {
    "encoding_cp1252": "A file was not UTF-8 and was read as Windows-1252.",
    "byte_undefined": "A byte that Windows-1252 does not define was left out.",
    "line_ends": "Line ends of other systems and page breaks became plain line ends.",
    "controls_removed": "Invisible characters without meaning in the text were removed.",
    "spaces_collapsed": "Runs of spaces and blank lines became one.",
    "lines_joined": "A value that was wrapped over several lines was joined.",
    "words_rejoined": "A document with one word on most lines was joined into lines again.",
    "bullets_restored": "Signs that stood for a bullet at the start of a line became a bullet.",
    "marks_restored": "A question mark that stood for a quotation mark, apostrophe or dash was replaced.",
    "letters_restored": "Letters that a word had lost were taken from the register or from the texts.",
    "label_glued": "A label of the form was glued to the end of the line before it.",
    "label_in_value": "A value carried a label of the form once more.",
    "heading_removed": "The document began with the form's own heading `Document`.",
    "value_cut": "A value of more than 1,000 characters was cut.",
    "title_from_text": "The form had no title; the first line of the text serves.",
    "text_from_form": "There was no attached document; the form's own serves.",
    "address_withheld": "An e-mail address stood where the organization belongs and is not shown.",
    "organization_from_country": "The organization was found in the field for the country.",
    "organization_not_given": "The field for the organization said that there is none.",
    "country_from_organization": "The country was taken from a listed organization.",
    "country_first_of_several": "Several countries were named; the first counts.",
}

CONFLICTS: Mapping[str, str] = {
    "sector": "The form names another stakeholder group than the register.",
    "organization": "The form names another organization than the register.",
    "country": "The form names another country than the register.",
    "document": "The attached document does not repeat the form's own; the form's is kept beside it.",
    "letters_lost": "Letters or signs are lost and nothing tells which.",
    "sector_unknown": "The sector is not in the list of aliases; it counts as other or undeclared.",
    "country_unknown": "The country is not in the list of aliases.",
    "register_row_missing": "The register has no row for this form.",
    "register_row_repeated": "The register has several rows for one number; the first counts.",
    "register_row_unreadable": "A row of the register has no number.",
    "form_missing": "The register has a row for which the folder has no form.",
}

REJECTIONS: Mapping[str, str] = {
    "outside_folder": "The file is a link that leads out of the folder.",
    "not_a_file": "It is not a regular file.",
    "unreadable": "The system could not read the file.",
    "too_large": "The file is larger than 5 MB.",
    "folder_too_large": "The files before it already hold 100 MB.",
    "not_text": "The file is not text.",
    "not_a_form": "The file has none of the labels of a form.",
    "form_missing": "There is a document but no form with its number.",
    "serial_repeated": "Another file of the folder has the same number.",
    "text_empty": "Neither the form nor the document has any text.",
}
