"""Exit codes of the verbs."""

EXIT_FAULT = 1
"""An expected failure, said in one sentence; click itself exits with 2 on wrong usage."""
