"""One number for a whole state: equal digests mean equal campaigns, to the last bit."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np
from pydantic import BaseModel

from engine.model.catalogue import Catalogue
from engine.state import CampaignState


def digest(state: CampaignState) -> str:
    """sha256 over all that is or decides the future: every field, scenario, catalogue fingerprint, fleet.

    Returns:
        64 hexadecimal digits. Equal on one machine and install for equal orders; other machines may differ in
        the last bits of their mathematics library.
    """
    whole = {
        field.name: _plain(getattr(state, field.name)) for field in fields(state) if field.name != "fleet"
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), allow_nan=False)
    sha = hashlib.sha256(text.encode())
    sha.update(state.fleet.to_bytes())
    return sha.hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON, in its own order; what has no plain form is a mistake."""
    if isinstance(value, Catalogue):
        return value.fingerprint
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, CampaignState):
        return digest(value)
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return [[key, _plain(item)] for key, item in value.items()]
    return value
