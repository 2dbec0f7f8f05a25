"""The demonstration: a re-enactment with invented people and texts, loaded through the same actions as everything."""
