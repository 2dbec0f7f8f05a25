"""Discussion: threads of messages, by web and by mail alike."""
