"""The front ends of Orbital Data Centre: the terminal interface and the headless command line."""

from __future__ import annotations
