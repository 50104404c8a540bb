"""Version of the method."""

MODEL_VERSION = "2.2.0"
"""Raised when a result may change for the same input."""
