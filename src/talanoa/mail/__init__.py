"""Mail in and out: raw messages, reply tokens, the registry of commands, the outbox."""
