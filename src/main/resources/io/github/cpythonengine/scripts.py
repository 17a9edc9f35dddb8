"""Compiling scripts, and the namespaces that they run in."""

import builtins
import linecache
import sys
import types

_ONLY_AST = 0x400
_FUTURE_FLAGS = 0
_made_up_names = 0
_MOST_SOURCES = 2000
_MOST_CHARACTERS = 16 << 20
_sources = {}  # the length of each remembered text by the name of its file, oldest first
_characters = 0


def compile_script(text, file):
    """(file, code of the statements or None, code of the last expression or None, lasting)"""
    if text[:1] == "\ufeff":
        text = text[1:]
    if file is None:
        global _made_up_names
        _made_up_names += 1
        file = f"<script-{_made_up_names}>"
    _remember(file, text)
    # an escape may make the parser warn, which it must do once only
    if "\\" not in text:
        try:
            value = compile(text, file, "eval", 0, True)
        except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
            pass
        else:
            return file, None, value, _has_code(value)
    body, value = _split(text, file)
    lasting = (body is not None and _has_code(body)) or (value is not None and _has_code(value))
    return file, body, value, lasting


def _remember(file, text):
    """Source lines for tracebacks."""
    global _characters
    cache = linecache.cache
    if type(cache) is not dict:
        cache = linecache.cache = {}  # a script has spoilt it
    length = len(text)
    if file in _sources:
        _characters -= _sources.pop(file, 0)
    _sources[file] = length
    _characters += length
    cache[file] = length, None, text.splitlines(True), file
    if _characters > _MOST_CHARACTERS or len(_sources) > _MOST_SOURCES:
        _forget_sources()


def _forget_sources():
    global _characters
    while _sources and (_characters > _MOST_CHARACTERS or len(_sources) > _MOST_SOURCES):
        # in copies: another thread may compile meanwhile
        for old in list(_sources)[: len(_sources) // 2 + 1]:
            _sources.pop(old, None)
            linecache.cache.pop(old, None)
        _characters = sum(list(_sources.values()))


def _has_code(code):
    """Whether it makes functions or classes."""
    for constant in code.co_consts:
        if type(constant) is types.CodeType:
            return True
    return False


def _split(text, file):
    import ast

    tree = _parse(text, file)
    body = tree.body
    if not body:
        return None, None
    last = body[-1]
    if not isinstance(last, ast.Expr):
        return compile(tree, file, "exec", 0, True), None
    del body[-1]
    code = compile(tree, file, "exec", 0, True) if body else None
    flags = code.co_flags & _future_flags() if code else 0
    return code, compile(ast.Expression(last.value), file, "eval", flags, True)


def _future_flags():
    global _FUTURE_FLAGS
    if not _FUTURE_FLAGS:
        import __future__

        for name in __future__.all_feature_names:
            _FUTURE_FLAGS |= getattr(__future__, name).compiler_flag
    return _FUTURE_FLAGS


def _parse(text, file):
    try:
        return compile(text, file, "exec", _ONLY_AST, True)
    except IndentationError:
        if _indentation(text) == "":
            raise
        without = _without_indentation(text)
        if without is not None:
            _remember(file, without)
            return compile(without, file, "exec", _ONLY_AST, True)
        inner = _inner(text, file)
        if inner is None:
            raise
        return inner


def _indentation(text):
    """Of the first line of code."""
    for line in text.splitlines():
        bare = line.lstrip(" \t\f")
        if bare and not bare.startswith("#"):
            return line[: len(line) - len(bare)]
    return ""


def _without_indentation(text):
    """The text without the indentation that all its lines share, which must be the first one's."""
    indentation = _indentation(text)
    lines = []
    for line in text.splitlines(True):
        if line.startswith(indentation):
            lines.append(line[len(indentation) :])
        elif not line.strip() or line.lstrip().startswith("#"):
            lines.append(line.lstrip(" \t\f"))
        else:
            return None
    return "".join(lines)


def _inner(text, file):
    """Indented code with, say, a string whose lines are not: parsed as a block."""
    import ast

    try:
        tree = compile("if 1:\n" + text, file, "exec", _ONLY_AST, True)
    except SyntaxError:
        return None
    if len(tree.body) != 1:
        return None
    ast.increment_lineno(tree, -1)
    tree.body = tree.body[0].body
    return tree


# ---- which names code looks up as globals


def global_names(*codes):
    """(names looked up as globals, those that neither this code nor the builtins supply)"""
    used = {}
    stored = set()
    for code in codes:
        if code is not None:
            _scan(code, used, stored)
    outside = [name for name in used if not (name[:2] == "__" and name[-2:] == "__")]
    free = [name for name in outside if name not in stored and not hasattr(builtins, name)]
    return tuple(outside), tuple(free)


def _operations():
    import opcode

    def codes(*names):
        return frozenset([opcode.opmap[name] for name in names if name in opcode.opmap])

    return (
        codes("LOAD_NAME", "DELETE_NAME", "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"),
        codes("LOAD_GLOBAL"),
        codes("STORE_NAME", "STORE_GLOBAL"),
        opcode.opmap["EXTENDED_ARG"],
    )


_known_operations = None


def _scan(code, used, stored):
    global _known_operations
    if _known_operations is None:
        _known_operations = _operations()
    by_name, load_global, stores, extended_arg = _known_operations
    # since 3.11 the lowest bit of LOAD_GLOBAL's argument is a flag
    shift = 1 if sys.version_info >= (3, 11) else 0
    names = code.co_names
    instructions = code.co_code
    high = 0
    for at in range(0, len(instructions), 2):
        operation = instructions[at]
        argument = instructions[at + 1] | high
        high = argument << 8 if operation == extended_arg else 0
        if operation in by_name:
            used[names[argument]] = True
        elif operation in load_global:
            used[names[argument >> shift]] = True
        elif operation in stores:
            stored.add(names[argument])
    for constant in code.co_consts:
        if type(constant) is types.CodeType:
            _scan(constant, used, stored)


# ---- namespaces


def empty(names):
    """Deletes all names but those that Python needs."""
    kept = {
        "__name__": "__main__",
        "__doc__": None,
        "__package__": None,
        "__loader__": None,
        "__spec__": None,
        "__builtins__": builtins,
    }
    names.clear()
    names.update(kept)


def set_outer(names, outer):
    """Makes `outer` visible behind the namespace's names and before the builtins."""
    own = names.get("__builtins__")
    if type(own) is not types.ModuleType or not hasattr(own, "_cpythonengine_outer_"):
        own = types.ModuleType("builtins")
        names["__builtins__"] = own
    visible = own.__dict__
    fresh = {**builtins.__dict__, "_cpythonengine_outer_": True}
    for name, text_function in _text_functions.items():
        if fresh.get(name) is _real[name]:
            fresh[name] = text_function
    fresh.update(outer)
    visible.update(fresh)
    for name in [name for name in visible if name not in fresh]:
        visible.pop(name, None)


# ---- eval and exec of text, whose names are looked up outside the namespace too

_real = {"eval": eval, "exec": exec}
_OPTIMIZED = 1


def _eval(source, globals=None, locals=None, /):
    text = source.lstrip(" \t") if type(source) is str else source
    return _real["eval"](*_prepared(text, globals, locals, "eval", sys._getframe(1)))


def _exec(source, globals=None, locals=None, /, **options):
    return _real["exec"](*_prepared(source, globals, locals, "exec", sys._getframe(1)), **options)


def _prepared(source, names, local_names, kind, frame):
    if names is None:
        names = frame.f_globals
        if local_names is None:
            local_names = frame.f_locals
            if frame.f_code.co_flags & _OPTIMIZED and type(local_names) is not dict:
                local_names = dict(local_names)  # since 3.13 it would write through
    elif local_names is None:
        local_names = names
    if type(source) is str:
        source = compile(source, "<string>", kind, frame.f_code.co_flags & _future_flags(), True)
    if type(source) is types.CodeType:
        look_up(global_names(source)[0])  # noqa: F821 (given by Java)
    return source, names, local_names


for _function, _name in ((_eval, "eval"), (_exec, "exec")):
    _function.__name__ = _function.__qualname__ = _name
    _function.__doc__ = _real[_name].__doc__
    _function.__module__ = "builtins"

_text_functions = {"eval": _eval, "exec": _exec}


def describe_script(names, file, arguments):
    """What set_arguments() needs at the end of the run, if sys.argv was changed."""
    if file is not None:
        names["__file__"] = file
    if arguments is None:
        return None
    run = [getattr(sys, "argv", None) or [""]]
    _runs_with_arguments.append(run)
    sys.argv = [file if file is not None else "", *arguments]
    return run


_runs_with_arguments = []  # each with the sys.argv from before


def set_arguments(run):
    """The end of a run, which others that began later may outlast."""
    at = [other is run for other in _runs_with_arguments].index(True)
    del _runs_with_arguments[at]
    if at == len(_runs_with_arguments):
        sys.argv = run[0]
    else:
        _runs_with_arguments[at][0] = run[0]


# ---- namespaces of foreign Bindings: `seen` has what came from or went to them


def take_in(names, seen, found, missing):
    """Brings in values that the Bindings have now, unless the script has assigned the name."""
    for name, value in found.items():
        if name in names:
            if name not in seen or names[name] is not seen[name]:
                continue
        elif name in seen:
            continue  # the script deleted it
        names[name] = seen[name] = value
    for name in missing:
        if name in seen and names.get(name) is seen[name]:
            del names[name]
            del seen[name]


def changes(names, seen):
    """({assigned name: value}, [deleted names]) since the last time"""
    assigned = {}
    for name, value in list(names.items()):
        if type(name) is not str or (name[:2] == "__" and name[-2:] == "__"):
            continue
        if name not in seen or seen[name] is not value:
            assigned[name] = seen[name] = value
    deleted = [name for name in seen if name not in names]
    for name in deleted:
        del seen[name]
    return assigned, deleted


def forget(names, seen, unwanted):
    """Drops values that came from the Bindings and that no script has assigned since."""
    for name in unwanted:
        if name in seen and names.get(name) is seen[name]:
            del names[name]
            del seen[name]


def import_module(name):
    __import__(name)
    return sys.modules[name]


def resolve(names, dotted):
    """What a dotted name stands for: attributes of a variable, of a builtin or of a module, imported if need be."""
    first, *rest = dotted.split(".")
    found = _named(names, first)
    for part in rest:
        found = _part(found, part)
    return found


def _named(names, name):
    if name in names:
        return names[name]
    inner = names.get("__builtins__", builtins)
    if isinstance(inner, types.ModuleType):
        inner = inner.__dict__
    if name in inner:
        return inner[name]
    try:
        return import_module(name)
    except ImportError as error:
        if error.name != name:
            raise
    except ValueError:
        pass  # the name is empty
    raise NameError(f"no variable, builtin or module is named {name!r}")


def _part(value, name):
    try:
        return getattr(value, name)
    except AttributeError:
        if not isinstance(value, types.ModuleType):
            raise
        path = f"{value.__name__}.{name}"
        try:
            return import_module(path)
        except ImportError as error:
            if error.name != path:
                raise
        raise
