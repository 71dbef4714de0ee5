"""Worker processes, which share work on many files. In the command line alone.

A program that uses expofacts as a library would be run once more by each on some systems.
"""

import marshal
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

# Bytes of facts from which on workers pay.
_MANY = 2_500_000

# More would wait for the one process that writes the index.
_MOST = 3

Item = TypeVar("Item")
Result = TypeVar("Result")


def workers_for(files: int, size: int) -> int:
    """Return how many workers pay for so many files, of so many bytes together; 1 for none."""
    if size < _MANY:
        return 1
    # How many processes can run at once.
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(files, cores, _MOST)


def each(
    function: Callable[[Item], Iterable[Result]], items: Sequence[Item], workers: int
) -> Iterator[Iterable[Result]]:
    """Yield what the function gives for each item, in order.

    Workers do it if there is more than one; they hand over what marshal can write. What they fail
    to do, since they cannot be had or are killed, is done here. What the function raises is raised.
    """
    done = 0
    if workers > 1:
        from concurrent.futures.process import BrokenProcessPool

        # Without semaphores, as in some containers, there is no pool.
        with suppress(BrokenProcessPool, OSError, ImportError, NotImplementedError):
            for result in _by_workers(function, items, workers):
                yield result
                done += 1
    for item in items[done:]:
        yield function(item)


def _by_workers(
    function: Callable[[Item], Iterable[Result]], items: Sequence[Item], workers: int
) -> Iterator[list[Result]]:
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor

    # A fork has all that it needs already; elsewhere than on Linux it is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    executor = ProcessPoolExecutor(workers, context, initializer=_end_with_parent)
    others = {*multiprocessing.active_children()}
    ahead: deque[Future[bytes]] = deque()
    try:
        for item in items:
            with _uninterrupted():
                ahead.append(executor.submit(_whole, function, item))
            if len(ahead) > 2 * workers:  # as many as keep them busy; results take room
                yield marshal.loads(ahead.popleft().result())
        while ahead:
            yield marshal.loads(ahead.popleft().result())
    except BaseException:  # nobody waits for what is not needed any more
        for process in {*multiprocessing.active_children()} - others:
            process.kill()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _whole(function: Callable[[Item], Iterable[Result]], item: Item) -> bytes:
    """Return all that the function gives; written by marshal, which takes a third as long."""
    return marshal.dumps([*function(item)])


def _end_with_parent() -> None:
    """See to it, in a worker, that it ends when the process that started it is killed."""
    from multiprocessing import parent_process
    from threading import Thread

    def wait() -> Any:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while a process may be started, so that none is that we do not know of.

    What is started takes no notice of it: a terminal tells all of us, and we end the others.
    """
    if sys.platform == "win32":
        yield
        return
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
