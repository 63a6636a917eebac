"""Exports of survey platforms: file -> raw table -> layout -> answers named as in the codebook.

``files``      what a file is: CSV, workbook or SPSS, and its rows as texts
``layouts``    how a platform lays them out: LimeSurvey, Qualtrics, SurveyMonkey, Microsoft Forms, SPSS, a
plain table ``columns``    the one place where a layout meets the codebook; ``options``, ``moments``,
``status``, ``identity`` read cells ``reading``    one file, with all that is wrong with it; ``answers``, of
one file or several; ``check``, at once
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "answers": ["Answers", "read_answers", "read_export"],
        "check": ["ExportCheck", "check_exports", "render_check"],
        "files": ["hash_file"],
        "reading": ["Source", "read_table"],
    },
)
