"""``python -m leercultuur``: the commands of ``report.commands``."""

import sys

from leercultuur.report.commands import main

if __name__ == "__main__":
    sys.exit(main())
