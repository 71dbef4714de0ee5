"""No change to a valid fact file, however odd, ends in anything but an answer or its problems."""

import os
import subprocess
import sys
from pathlib import Path

from tests.mutations import mutated

# All of 10,000: EXPOFACTS_MUTATIONS=10000.
MUTATIONS = int(os.environ.get("EXPOFACTS_MUTATIONS", "700"))

MIB = 200


def test_any_mutation_ends_in_time_and_memory(tmp_path: Path) -> None:
    """Check and look up all files in one process, so that its peak is that of the worst.

    Each has two seconds of the processor. What takes a GiB meets a limit, and what hangs where no
    signal reaches it, the end of the whole run.
    """
    environment = os.environ | {"EXPOFACTS_CACHE_DIR": "/dev/null/none"}
    program = Path(__file__).with_name("mutations.py")
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), "0", str(MUTATIONS)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60 + MUTATIONS / 10,
        check=False,
    )
    *wrong, peak = done.stdout.splitlines()
    assert (wrong, done.stderr, done.returncode) == ([], "", 0)
    assert int(peak.split()[1]) <= MIB


def test_mutations_are_the_same_for_the_same_seed_and_of_every_kind() -> None:
    files = [mutated(seed) for seed in range(300)]
    assert files == [mutated(seed) for seed in range(300)]
    assert len(set(files)) > 290
