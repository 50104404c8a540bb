"""A package, so that its products end with its last test and do not compute beside all others."""
