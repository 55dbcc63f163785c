"""`odc schema`: the JSON schema of the campaign file."""

from __future__ import annotations

import json
from argparse import Namespace

from engine.store.schema import json_schema
from odc_tui.commands.output import say

__all__ = ["run"]


def run(_arguments: Namespace) -> int:
    """Print the schema, laid out for reading."""
    say(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0
