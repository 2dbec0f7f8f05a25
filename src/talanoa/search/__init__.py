"""One search over inputs, answers, reports and bodies, in what the reader may read."""
