"""Steps of a meeting: call it, write down what was said, let its speakers and the room confirm that."""
