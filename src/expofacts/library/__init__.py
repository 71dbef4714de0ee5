"""Typed, read-only access to a collection from Python: `from expofacts import open_facts`."""

from expofacts.library import objects
from expofacts.library.collection import Facts
from expofacts.library.objects import *  # noqa: F403  those are listed there, for each kind of fact
from expofacts.library.results import Conflict, Found, Hit, LookedUp, Verification

__all__ = ["Conflict", "Facts", "Found", "Hit", "LookedUp", "Verification"]
__all__ += objects.__all__
