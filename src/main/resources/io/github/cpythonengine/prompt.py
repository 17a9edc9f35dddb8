"""The prompt: reads, runs, shows. Shares its names with command_line.py."""

import ast
import code
import codeop
import linecache
import sys
import threading


class Prompt(code.InteractiveInterpreter):
    def __init__(self):
        super().__init__(sys.modules["__main__"].__dict__)
        self._count = 0
        self._thread = None
        self._completer = None
        for name, text in (("ps1", ">>> "), ("ps2", "... ")):
            if not hasattr(sys, name):
                setattr(sys, name, text)

    def first(self):
        return str(sys.ps1)

    def further(self):
        return str(sys.ps2)

    def read(self):
        """Plainly, without an editor; None at the end."""
        lines = []
        prompt = sys.ps1
        while True:
            try:
                lines.append(input(prompt))
            except EOFError:
                if not lines:
                    print()
                    return None
                return "\n".join(lines) + "\n"
            text = "\n".join(lines)
            if not self.is_incomplete(text):
                return text
            prompt = sys.ps2

    def is_incomplete(self, text):
        """Whether more lines must come."""
        try:
            return codeop.compile_command(text, "<input>", "single") is None
        except (OverflowError, SyntaxError, ValueError):
            # several statements, pasted: the last one may go on
            lines = text.splitlines(True)
            return len(lines) > 1 and lines[-1].strip() != "" and lines[-1][:1] in (" ", "\t")

    def run(self, text):
        """The exit code when it asks for the end, else None."""
        self._count += 1
        file = f"<python-input-{self._count - 1}>"
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        try:
            compiled = self._compiled(text, file)
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(file)
            return None
        self._thread = threading.get_ident()
        try:
            self.runcode(compiled)
        except SystemExit as error:
            return exit_code(error)  # noqa: F821 (of command_line.py)
        finally:
            self._thread = None
            sys.stdout.flush()
        return None

    def _compiled(self, text, file):
        try:
            compiled = self.compile(text, file, "single")
            if compiled is not None:
                return compiled
        except SyntaxError:
            if "\n" not in text.strip():
                raise
        flags = self.compile.compiler.flags & _FUTURE
        tree = compile(text + "\n", file, "exec", ast.PyCF_ONLY_AST | flags, True)
        return compile(ast.Interactive(tree.body), file, "single", flags, True)

    def interrupt(self):
        """Ctrl-C while it runs: called on another thread. False when nothing runs."""
        if self._thread is None:
            return False
        import ctypes

        kind = ctypes.py_object(KeyboardInterrupt)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), kind)
        return True

    def complete(self, word):
        """The ways to go on, a line each."""
        if self._completer is None:
            import rlcompleter

            self._completer = rlcompleter.Completer(self.locals)
        found = []
        while True:
            match = self._completer.complete(word, len(found)) if word else None
            if match is None:
                return "\n".join(found)
            found.append(match)


def _future():
    import __future__

    flags = 0
    for name in __future__.all_feature_names:
        flags |= getattr(__future__, name).compiler_flag
    return flags


_FUTURE = _future()

Prompt
