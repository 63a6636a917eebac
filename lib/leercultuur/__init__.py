"""Helpers that the notebooks of the Quickscan Leercultuur workbook share: ``import leercultuur as lc``.

Every public function is there (``__init__.pyi`` lists them), and each is loaded when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
