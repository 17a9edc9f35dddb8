# Tells the JVM about the Python that runs it.
#
# One line 'cpython-engine:key=value' per fact, value percent-encoded ASCII; a key may come again.
# Run as `python -I -B -c <this>`. Anything else that gets printed (by site hooks, say) is ignored.
# No double quotes in here: Windows command lines cannot carry them.

import os
import sys


def say(key, value):
    data = os.fsencode(value) if isinstance(value, str) else str(value).encode('ascii')
    text = ''.join(chr(b) if 32 < b < 127 and b != 37 else '%%%02X' % b for b in data)
    sys.stdout.write('cpython-engine:' + key + '=' + text + '\n')


def libraries():
    # Existing libpython files, the likeliest first.
    import sysconfig

    get = sysconfig.get_config_var
    tag = '%d.%d' % sys.version_info[:2] + getattr(sys, 'abiflags', '')
    names = [get('INSTSONAME'), get('LDLIBRARY')]
    names += ['libpython' + tag + end for end in ('.so.1.0', '.so', '.dylib')]
    names += ['python' + tag.replace('.', '') + '.dll']
    real = os.path.dirname(os.path.realpath(sys.executable))
    # Its own place before the one it was configured for: it may have been moved.
    folders = [os.path.join(sys.base_exec_prefix, 'lib'), os.path.join(sys.base_prefix, 'lib')]
    folders += [sys.base_prefix, real, os.path.join(os.path.dirname(real), 'lib')]
    folders += [get('LIBDIR'), get('PYTHONFRAMEWORKPREFIX'), get('LIBPL')]
    if get('LIBDIR') and get('MULTIARCH'):
        folders.append(os.path.join(get('LIBDIR'), get('MULTIARCH')))
    seen = set()
    for name in names:
        if not name or name.endswith(('.a', '.lib')):
            continue
        for folder in folders:
            path = os.path.normpath(os.path.join(folder, name)) if folder else ''
            if os.path.isfile(path) and os.path.realpath(path) not in seen:
                seen.add(os.path.realpath(path))
                yield path


say('implementation', sys.implementation.name)
say('version', '%d.%d.%d' % sys.version_info[:3])
if sys.implementation.name == 'cpython' and sys.version_info >= (3, 9):
    import sysconfig

    say('bits', 64 if sys.maxsize > 2**32 else 32)
    say('executable', sys.executable or '')
    say('prefix', sys.prefix)
    say('base_prefix', sys.base_prefix)
    say('base_exec_prefix', sys.base_exec_prefix)
    say('free_threaded', int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))))
    say('debug', int(hasattr(sys, 'gettotalrefcount')))
    say('shared', int(bool(sysconfig.get_config_var('Py_ENABLE_SHARED'))))
    for library in libraries():
        say('library', library)
say('end', '')
