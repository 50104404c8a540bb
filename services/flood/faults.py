"""Which errors of one part of a cycle leave the rest standing: they come from its input."""

FAULTS = (ArithmeticError, ValueError, LookupError)
