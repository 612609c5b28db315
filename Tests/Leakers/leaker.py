"""Objects of Python that are kept for ever: three pages of them, every so many milliseconds."""
import sys
import time

kept = []
while True:
    kept.append([object() for _ in range(512)])
    time.sleep(float(sys.argv[1] if len(sys.argv) > 1 else 1000) / 1000)
