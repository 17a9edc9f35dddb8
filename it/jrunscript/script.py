import os.path
import sys

print(" ".join(sys.argv[-2:]), "in", os.path.basename(__file__))
