package io.github.cpythonengine.locate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The CPython that Maven brings, {@code org.bytedeco:cpython}, when it is on the class path. No
 * code of it is used: its files are unpacked into this user's cache.
 */
final class BundleSource implements PythonSource {
    private static final String NAME = "bundle org.bytedeco:cpython";

    private final Setting<PythonSettings.Bundle> setting;

    /**
     * @param setting what the user said about it, or null
     */
    BundleSource(Setting<PythonSettings.Bundle> setting) {
        this.setting = setting;
    }

    @Override
    public PythonHome find(Search search) {
        if (setting != null && setting.value() == PythonSettings.Bundle.FALSE) {
            search.note(NAME + ": not used (" + setting.origin() + ")");
            return null;
        }
        boolean demanded = setting != null && setting.value() == PythonSettings.Bundle.TRUE;
        try {
            PythonHome home = onClassPath(search);
            search.noteFound(NAME, home);
            return home;
        } catch (UnusableException e) {
            search.noteUnusable(NAME, e);
            if (demanded) {
                throw PythonNotFoundException.badSetting(
                        setting.origin(), "asks for the bundle, which " + e.reason(), e.fix(), search.tried());
            }
            if (!(e instanceof AbsentException)) {
                Log.warning(NAME + " " + e.reason() + "; looking for another Python");
            }
            return null;
        }
    }

    private static PythonHome onClassPath(Search search) throws UnusableException {
        Platform platform = search.platform();
        boolean classes = false;
        for (ClassLoader loader : search.around().loaders()) {
            URL url = BundleArchive.find(loader, platform);
            if (url != null) {
                return home(unpacked(url, search), search);
            }
            classes |= loader.getResource(BundleArchive.ROOT + "PyObject.class") != null;
        }
        throw new AbsentException(
                classes ? "is on the class path without its part for " + platform : "is not on the class path",
                classes
                        ? "Add the jar with the classifier " + platform + "."
                        : "Add org.bytedeco:cpython to the class path, with the classifier " + platform + ".");
    }

    /** The tree in the first cache folder that will do. */
    private static BundleTree unpacked(URL url, Search search) throws UnusableException {
        List<String> reasons = new ArrayList<>();
        for (Path place : search.around().cache().get().places()) {
            try {
                return unpackedIn(Cache.forPrograms(place), url, search.platform());
            } catch (IOException | UncheckedIOException e) {
                reasons.add(place + ": " + e);
            }
        }
        throw new UnusableException(
                "could not be unpacked (" + String.join("; ", reasons) + ")",
                "Set cpython.cache (or CPYTHON_CACHE) to a folder of your own with 80 MB of space,"
                        + " not mounted noexec.");
    }

    private static BundleTree unpackedIn(Path folder, URL url, Platform platform) throws IOException {
        BundleIndex index = BundleIndex.of(folder, url);
        Path root = index == null ? null : index.root();
        BundleTree known = root == null ? null : BundleTree.complete(root);
        if (known != null) {
            return known;
        }
        try (BundleArchive archive = BundleArchive.open(url, platform)) {
            BundleTree tree = new BundleExtraction(archive, platform, folder).tree();
            if (index != null) {
                index.put(tree.root());
            }
            return tree;
        }
    }

    private static PythonHome home(BundleTree tree, Search search) throws UnusableException {
        LibraryFile.check(tree.library(), search.platform());
        boolean misled = search.env("PYTHONHOME") != null && !search.settings().isIsolated();
        return new PythonHome(
                tree.library(),
                tree.executable(),
                misled ? tree.root().toString() : null,
                tree.version(),
                tree.root(),
                tree.root(),
                false,
                List.of(),
                NAME,
                List.of());
    }

    /** Not being there is no trouble worth a warning. */
    private static final class AbsentException extends UnusableException {
        private static final long serialVersionUID = 1L;

        AbsentException(String reason, String fix) {
            super(reason, fix);
        }
    }
}
