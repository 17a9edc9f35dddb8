package io.github.cpythonengine.locate;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * An activated environment, named by a variable: {@code VIRTUAL_ENV} or {@code CONDA_PREFIX}. The
 * variable was set for the user's shell and not for us, so one that leads nowhere is passed over,
 * with a warning, and not an error.
 */
final class EnvironmentSource implements PythonSource {

    private final String variable;

    EnvironmentSource(String variable) {
        this.variable = variable;
    }

    @Override
    public PythonHome find(Search search) {
        String value = search.env(variable);
        if (value == null) {
            search.note(variable + ": not set");
            return null;
        }
        String where = variable + ": " + value;
        try {
            Path root = Path.of(value);
            if (!root.isAbsolute()) {
                throw new UnusableException("is not an absolute path");
            }
            Path executable = EnvironmentFolder.executable(root, search.platform());
            Trust.checkOne(root);
            PythonHome home = new InstalledPython(search, executable, false).home(variable);
            search.noteFound(variable + ": " + executable, home);
            return home;
        } catch (UnusableException e) {
            search.noteUnusable(where, e);
        } catch (InvalidPathException e) {
            search.noteUnusable(where, UnusableException.unnameable(e));
        } catch (IOException e) {
            search.noteUnusable(where, new UnusableException("cannot be read: " + e.getMessage()));
        }
        String last = search.tried().get(search.tried().size() - 1);
        Log.warning(last + "; looking for another Python");
        return null;
    }
}
