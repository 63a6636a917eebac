"""Helpers that the notebooks of the Quickscan Leercultuur workbook share: ``import leercultuur as lc``.

Every public function is there (``__init__.pyi`` lists them), and each is loaded when it is first used.
"""

from leercultuur.checks.kernel import check_kernel

check_kernel()  # before anything that another Python may not have

import lazy_loader  # noqa: E402

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
