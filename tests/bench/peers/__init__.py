"""The same guide, made by other programs."""
