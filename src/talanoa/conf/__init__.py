"""Settings, addresses and the console command: the only place that knows every app."""
