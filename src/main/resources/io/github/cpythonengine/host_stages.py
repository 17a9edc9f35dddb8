"""Java's CompletionStages can be awaited, in any event loop of asyncio's.

Given by Java: when_complete(stage, settle), cancel(stage).
"""

# ruff: noqa: F821 (functions given by Java)

_VALUE, _ERROR, _CANCELLED = range(3)


class CompletionStage:
    __slots__ = ()

    def __await__(self):
        from asyncio import CancelledError, get_running_loop

        loop = get_running_loop()
        future = loop.create_future()
        waiting = _Waiting(loop, future)
        when_complete(self, waiting)
        try:
            return (yield from future)
        except CancelledError:
            cancel(self)
            raise
        finally:
            waiting.future = None


class _Waiting:
    """One who awaits. Java holds it until the stage is complete, so it lets go of the rest when it waits no more."""

    __slots__ = "future", "loop"

    def __init__(self, loop, future):
        self.loop = loop
        self.future = future

    def __call__(self, kind, value):
        if self.future is not None:
            try:
                self.loop.call_soon_threadsafe(self._settle, kind, value)
            except RuntimeError:
                pass  # the loop has been closed meanwhile

    def _settle(self, kind, value):
        future = self.future
        if future is None or future.done():
            return
        if kind == _VALUE:
            future.set_result(value)
        elif kind == _CANCELLED:
            future.cancel()
        elif isinstance(value, StopIteration):  # which would end a generator, and which futures refuse
            error = RuntimeError("a Java stage raised StopIteration")
            error.__cause__ = value
            future.set_exception(error)
        else:
            future.set_exception(value)
