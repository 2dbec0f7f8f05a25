"""The append-only public record: entries, checkpoints, proofs. Knows no other app."""
