"""Pure functions from state to rows, strings and series; no widgets, tested as plain functions."""
