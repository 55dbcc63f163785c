"""The border between models and numbers: designs become rows, rows become reports, records become events."""

from __future__ import annotations
