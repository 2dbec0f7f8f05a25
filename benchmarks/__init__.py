"""How fast, against whom, on the same data in the same run: `make bench` prints it, docs/benchmarks.md explains it."""
