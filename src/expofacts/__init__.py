"""Look up quotes, trade figures and cross-border infrastructure in sourced TOML fact files."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from expofacts.library import Facts

__version__ = "0.1.0"


def open_facts(*paths: "str | PathLike[str]") -> "Facts":
    """Return the collection of some fact files and folders, open to be read from Python.

    Without paths it is the one that EXPOFACTS_FACTS names, else the one that comes with expofacts.
    Raises FactFileError for fact files that are not valid. See docs/library.md.
    """
    from os import fspath

    from expofacts.facts.files import chosen
    from expofacts.library import Facts

    return Facts(chosen([fspath(path) for path in paths]))
