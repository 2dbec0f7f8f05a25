"""One search over inputs, answers, reports, bodies and archives, in what the reader may read."""
