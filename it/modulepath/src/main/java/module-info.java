/** A host that is a module. */
module host {
    requires io.github.cpythonengine;
    requires java.scripting;
}
