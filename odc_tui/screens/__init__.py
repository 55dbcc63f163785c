"""One file a screen. A screen is found by name in `registry` and imported when it is first wanted."""
