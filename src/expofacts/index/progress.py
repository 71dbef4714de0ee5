"""Progress of long work, as the steps that somebody may be shown."""

import time
from collections.abc import Callable

# Takes what is going on, and "" at the end.
Progress = Callable[[str], None]


def after_a_second(progress: Progress | None, *, at_once: bool) -> Progress:
    """Return what tells of progress, but only of what takes more than a second."""
    begun = time.monotonic()
    reported = False

    def report(step: str) -> None:
        nonlocal reported
        if progress and (reported or (step and (at_once or time.monotonic() - begun > 1))):
            progress(step)
            reported = True

    return report
