"""Frozen model types: what things are, never what happens to them."""
