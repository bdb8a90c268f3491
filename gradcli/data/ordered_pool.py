"""Work on several blocks at once; results come in the order of the blocks, each as soon as it is there.

Depends on nothing but threads. Blocks are read ahead of the work, no more of them than there are workers.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def ordered_map(work: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Iterator[Result]]:
    """The results of the work, which begins at once. What an item or the work on it raises is raised in its turn."""
    results: SimpleQueue[Future[Result] | None] = SimpleQueue()
    pool, ahead = ThreadPoolExecutor(workers), Semaphore(workers)

    def feed() -> None:
        try:
            for item in items:
                ahead.acquire()
                results.put(pool.submit(work, item))
            results.put(None)
        except BaseException as problem:
            # It is not for this thread, but for the one that waits.
            failed: Future[Result] = Future()
            failed.set_exception(problem)
            results.put(failed)

    def taken() -> Iterator[Result]:
        for result in iter(results.get, None):
            ahead.release()
            yield result.result()

    # A daemon, for it may wait for ever on a pipe that nobody writes to.
    Thread(target=feed, daemon=True).start()
    try:
        yield taken()
    finally:
        pool.shutdown(cancel_futures=True)
        ahead.release()  # for a feeder that waits: the pool takes no more of it, and it ends
