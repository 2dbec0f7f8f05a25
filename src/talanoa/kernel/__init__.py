"""What every app may use: errors, space, chance, time, clean text. No models."""
