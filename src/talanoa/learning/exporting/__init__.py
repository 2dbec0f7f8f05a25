"""A course in the forms in which it can be taken away: mails, one page, EPUB, GIFT."""
