"""What-if on top of the engine: calendars, columns, comparisons."""
