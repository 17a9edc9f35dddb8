"""Runs coroutines for Java, on an event loop of asyncio's whose thread is Java's.

Given by Java: ended(number, kind, value), which tells what became of an awaitable.
"""

import sys
from types import CoroutineType, GeneratorType

_VALUE, _ERROR, _CANCELLED = range(3)
_SECONDS_TO_END = 1.0
_ITERABLE_COROUTINE = 0x100

_run_of_context = None
_loops = []  # the one that runs or is about to
_owners = {}  # the loop of each number that Java waits for
_tasks = {}  # the task or future of each: asyncio itself keeps only weak references to what it runs
_by_coroutine = None
_stopping = False
_stopped = None


def begin(run_of_context):
    global _run_of_context
    _run_of_context = run_of_context


def is_awaitable(object):
    kind = type(object)
    if kind is CoroutineType or hasattr(kind, "__await__"):
        return True
    if kind is GeneratorType:  # of types.coroutine
        return bool(object.gi_code.co_flags & _ITERABLE_COROUTINE)
    return _is_of_executor(object)


def _is_of_executor(object):
    module = sys.modules.get("concurrent.futures._base")
    return module is not None and isinstance(object, module.Future)


def start(awaitable, number, run):
    """Any thread. Java will be told the outcome. True if a loop of somebody else's runs it, and runs here."""
    import asyncio
    from contextvars import copy_context

    context = copy_context()
    if run is not None:
        context.run(_run_of_context.set, run)
    if _is_of_executor(awaitable):
        _tasks[number] = awaitable
        awaitable.add_done_callback(lambda done: context.run(_end, number, done))
    elif not asyncio.isfuture(awaitable):
        _soon(_loop(), context, number, _start, awaitable, number)
    elif awaitable.done():
        context.run(_end, number, awaitable)
    else:
        _soon(awaitable.get_loop(), context, number, _watch, number, awaitable)
        return runs_here(number)
    return False


def _soon(loop, context, number, function, *arguments):
    _owners[number] = loop
    try:
        loop.call_soon_threadsafe(function, *arguments, context=context)
    except BaseException:  # closed
        _owners.pop(number, None)
        raise


def runs_here(number):
    """Whether this thread runs the loop of what Java waits for."""
    from asyncio import get_running_loop

    try:
        return _owners.get(number) is get_running_loop()
    except RuntimeError:
        return False


def _loop():
    if not _loops or _loops[0].is_closed():
        import asyncio
        import atexit
        import threading
        import weakref

        global _by_coroutine, _stopped
        made = asyncio.new_event_loop()
        if _by_coroutine is None:
            _by_coroutine = weakref.WeakValueDictionary()
        if _stopped is None:
            _stopped = threading.Event()
            atexit.register(_stop)
        if not _loops or _loops[0].is_closed():
            _loops[:] = [made]
        else:
            made.close()  # another thread was faster
    return _loops[0]


def _start(awaitable, number):
    try:
        _watch(number, _task(awaitable))
    except BaseException as error:
        # what says that it is awaitable need not be
        _owners.pop(number, None)
        ended(number, _ERROR, error)  # noqa: F821


def _task(awaitable):
    import asyncio

    if type(awaitable) is not CoroutineType:
        return asyncio.ensure_future(awaitable)
    # one that Java asks for twice is still one
    task = _by_coroutine.get(id(awaitable))
    if task is None or task.get_coro() is not awaitable:
        task = asyncio.ensure_future(awaitable)
        _by_coroutine[id(awaitable)] = task
    return task


def _watch(number, future):
    _tasks[number] = future
    future.add_done_callback(lambda done: _end(number, done))


def _end(number, future):
    _tasks.pop(number, None)
    _owners.pop(number, None)
    if future.cancelled():
        ended(number, _CANCELLED, None)  # noqa: F821
        return
    error = future.exception()
    if error is None:
        ended(number, _VALUE, future.result())  # noqa: F821
    else:
        ended(number, _ERROR, error)  # noqa: F821


def cancel(number):
    """Any thread."""
    loop = _owners.get(number)
    if loop is None:
        _cancel(number)  # of an executor: no loop, any thread
        return
    try:
        loop.call_soon_threadsafe(_cancel, number)
    except RuntimeError:
        pass  # closed


def _cancel(number):
    future = _tasks.get(number)
    if future is not None:
        future.cancel()


# ---- the life of the loop


def run():
    """On the loop's own thread."""
    loop = _loop()
    try:
        while not (_stopping or loop.is_closed()):
            try:
                loop.run_forever()
            except (KeyboardInterrupt, SystemExit):
                pass  # left a task, and asyncio lets it pass: it is the task's outcome
    finally:
        try:
            _finish(loop)
        finally:
            _stopped.set()


def _finish(loop):
    """As asyncio.run() does, but not for ever."""
    import asyncio

    if loop.is_closed():
        return
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    try:
        if tasks:
            loop.run_until_complete(asyncio.wait(tasks, timeout=_SECONDS_TO_END / 2))
        loop.run_until_complete(asyncio.wait_for(loop.shutdown_asyncgens(), _SECONDS_TO_END / 4))
    except (KeyboardInterrupt, SystemExit, asyncio.TimeoutError):
        pass
    finally:
        loop.close()


def _stop():
    """When the JVM ends."""
    global _stopping
    _stopping = True
    loop = _loops[0]
    try:
        loop.call_soon_threadsafe(loop.stop)
    except RuntimeError:
        return  # closed
    _stopped.wait(_SECONDS_TO_END)
