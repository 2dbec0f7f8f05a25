"""The one register of what people said: numbers, themes, the answer to each, disputes."""
