#!/bin/sh
# Prints the first Python on PATH that is new enough, or says in one sentence what is missing.
# Usage: find_python.sh [PYTHON]   (a name or path to use instead of searching)
new_enough() {
    "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "$1" ]; then
    new_enough "$1" && { echo "$1"; exit 0; }
    echo "Orbital Data Centre needs Python 3.11 or newer with the venv module, and PYTHON=$1 is not one." >&2
    exit 1
fi
for candidate in python3 python3.13 python3.12 python3.11 python3.14 python; do
    new_enough "$candidate" && { echo "$candidate"; exit 0; }
done
found=$(python3 --version 2>/dev/null || echo "no python3")
echo "Orbital Data Centre needs Python 3.11 or newer with the venv module (found $found); name one with: make setup PYTHON=/path/to/python3" >&2
exit 1
