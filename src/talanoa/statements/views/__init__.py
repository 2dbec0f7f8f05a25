"""Pages of statements: reading, proposing, voting, and the desk."""
