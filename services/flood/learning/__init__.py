"""Learning of wave speeds: travel times from stored waves, their review, posteriors by version."""
