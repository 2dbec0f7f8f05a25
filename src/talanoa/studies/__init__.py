"""Studies: the platform's own record as the tables that imported archives have too. Measures and studies come later."""
