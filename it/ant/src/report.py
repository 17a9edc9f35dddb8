import sys

from java.lang import Runtime
from javax.script import ScriptEngineManager

backend = ScriptEngineManager().getEngineByName("cpython").getFactory().getParameter("cpython.backend")
assert backend == ("jna" if Runtime.version().feature() < 22 else "ffm"), backend

print(sys.implementation.name, "in a file says", greeting)
