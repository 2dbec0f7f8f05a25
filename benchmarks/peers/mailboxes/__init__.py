"""Ways to read a mailbox file to its end; each does what its users wait for, and needs an environment of its own."""
