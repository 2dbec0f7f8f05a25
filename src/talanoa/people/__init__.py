"""Who is who: logins, persons, stakeholder groups, what they declared."""
