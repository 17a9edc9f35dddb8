import os.path
import sys

from java.lang import Runtime
from javax.script import ScriptEngineManager

backend = ScriptEngineManager().getEngineByName("cpython").getFactory().getParameter("cpython.backend")
assert backend == ("jna" if Runtime.version().feature() < 22 else "ffm"), backend
print(" ".join(sys.argv[-2:]), "in", os.path.basename(__file__))
