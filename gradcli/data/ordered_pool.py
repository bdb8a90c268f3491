"""Work on several blocks at once; results come in the order of the blocks, each as soon as it is there.

Depends on nothing but threads. Blocks are read ahead of the work, no more of them than there are workers.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def ordered_map(work: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Iterator[Result]]:
    """The results of the work, which begins at once. What an item or the work on it raises is raised in its turn."""
    results: Queue[Future[Result] | None] = Queue(workers)
    pool = ThreadPoolExecutor(workers)

    def feed() -> None:
        try:
            for item in items:
                results.put(pool.submit(work, item))
            results.put(None)
        except BaseException as problem:
            # It is not for this thread, but for the one that waits.
            failed: Future[Result] = Future()
            failed.set_exception(problem)
            results.put(failed)

    # A daemon, for it may wait for ever on a pipe that nobody writes to.
    Thread(target=feed, daemon=True).start()
    try:
        yield (result.result() for result in iter(results.get, None))
    finally:
        pool.shutdown(cancel_futures=True)
