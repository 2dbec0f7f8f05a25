"""Studies: our own record as the tables that archives have too, and the command that runs a study."""
