"""Is a notebook executed by the project's Python? Another one may count in another way, without a word."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from importlib import metadata

from leercultuur.project import PROJECT, InputError

VARIABLE = "LEERCULTUUR_PYTHON"  # with which Python ``report`` and ``lab`` were started
REMEDY = (
    "Start JupyterLab met python -m leercultuur lab en kies daar de kernel Python 3 (ipykernel), of start "
    "papermill met de Python van het project en zonder -k"
)


def check_kernel() -> None:
    """Check the kernel that executes this, if one does.

    Raises
    ------
    InputError
        It is not the Python that started it; or, where that is not known, Python or a package has another
        version than the project's.
    """
    jupyter = sys.modules.get("IPython")  # loading it takes time where there is no kernel
    if jupyter is None or jupyter.get_ipython() is None:
        return
    asked = os.environ.get(VARIABLE)
    if asked and os.path.realpath(asked) != os.path.realpath(sys.prefix):
        raise InputError(
            f"De kernel van dit notebook is van een andere Python dan die van het project. {REMEDY}."
        )
    if not asked and (other := find_other_version()):
        raise InputError(f"De kernel van dit notebook heeft {other}. {REMEDY}.")


def find_other_version() -> str:
    """The first package whose version is not that of the lock, and which is; "" when all are."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least, below = (
        tuple(map(int, part.split("."))) for part in re.findall(r"\d+\.\d+", project["requires-python"])
    )
    if not least <= sys.version_info[:2] < below:
        return f"Python {sys.version_info[0]}.{sys.version_info[1]}, het project {project['requires-python']}"
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    pinned: dict[str, set[str]] = {}  # some have a version for each platform
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock, re.MULTILINE):
        pinned.setdefault(name, set()).add(version)
    for requirement in project["dependencies"]:
        name = re.split(r"[^\w.-]", requirement)[0]
        wanted = pinned.get(re.sub(r"[-_.]+", "-", name).lower(), set())
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            version = "niet"
        if wanted and version not in wanted:
            return f"{name} {version}, het project {name} {' of '.join(sorted(wanted))}"
    return ""
