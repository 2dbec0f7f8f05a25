"""The expert roster: facilitators and experts with languages and dated interests, asked and answering in public."""
