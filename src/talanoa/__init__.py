"""Talanoa: one place where all stakeholder groups work through Internet issues on an equal footing."""
