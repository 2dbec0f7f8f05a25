"""Pages that cross processes: home, one process at a glance, my page, the cockpit, the demonstration."""
