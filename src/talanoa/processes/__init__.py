"""The chartered process: charter, stages, who takes part and in which role."""
