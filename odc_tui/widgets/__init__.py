"""Reusable widgets: they take plain numbers, arrays and small frozen dataclasses, nothing of the engine.

Every widget draws its own lines (`strip_widget.StripWidget`) on a grid of cells (`cells.CellGrid`), except
the orbit plot, which is built on textual-plot. Colours come from the `$role-*` and `$map-*` theme variables
named in `roles`; an application provides them by returning `roles.role_variables(dark)` from
`App.get_theme_variable_defaults`.
"""
