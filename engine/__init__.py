"""The game without a screen: a pure, deterministic engine for data centres in orbit.

The engine turns a state and an order into a new state and the events on the way. It knows no
terminal, no clock, no environment and no file system; its callers bring those.
"""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
