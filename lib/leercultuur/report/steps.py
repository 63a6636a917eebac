"""The notebooks of a report: what each needs and, by name, what it must have made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from leercultuur.checks.kept import FILE as CAUTIONS
from leercultuur.findings.summary import FILE, FOLDER, SAID
from leercultuur.instrument import load_instrument
from leercultuur.intake.respondents import RECORD
from leercultuur.verification.saved import REPORT_TABLES

EXPORT = "export"


@dataclass(frozen=True)
class Step:
    """A notebook with what it reads and writes in the run folder.

    Its parameters are not repeated here: they stand in the notebook.

    Attributes
    ----------
    notebook
        Its name; the first two signs are those of its tables and figures.
    needs
        Files that must be there, or patterns of files (``tables/0[1-7]_*.csv``).
    tables, figures
        The names that its cells save or show, with a space between them; ``{scale}`` stands for every scale
        of the codebook.
    also
        Other files that it makes.
    """

    notebook: str
    needs: tuple[str, ...]
    tables: str = ""
    figures: str = ""
    also: tuple[str, ...] = ()

    @property
    def gives(self) -> list[str]:
        """The files that are there when it is done."""
        number = self.notebook[:2]
        tables = [f"tables/{number}_{name}.csv" for name in _for_each_scale(self.tables)]
        figures = [f"figures/{number}_{name}.png" for name in _for_each_scale(self.figures)]
        return [*self.also, *tables, *figures]


def _for_each_scale(names: str) -> list[str]:
    scales = load_instrument().scales
    made = [name.replace("{scale}", scale) for name in names.split() for scale in scales]
    return list(dict.fromkeys(made))


STEPS = (
    Step(
        "01_cleaning",
        (EXPORT,),
        tables="model andere_vragen bestanden respons organisaties ontbrekend kwaliteit gevoeligheid",
        also=(RECORD, CAUTIONS, f"{FOLDER}/01.json"),
    ),
    Step(
        "02_descriptives",
        (RECORD,),
        tables="""
            respons_per_week periode campagne_vergeleken rol perspectief sector omvang omvang_naar_perspectief
            representativiteit rol_naar_omvang trend_rol_naar_omvang scholing scholing_naast_wea
            stellingen paren_stellingen aandacht aandacht_driedeling kenmerken paren_kenmerken
            kenmerken_gewogen betrouwbaarheid item_rest vragen_gemiddeld vragen_naast_nea vragen_driedeling
            paren_vragen_{scale}
        """,
        figures="""
            respons_per_week rol sector omvang_naar_perspectief representativiteit rol_naar_omvang scholing
            stellingen aandacht kenmerken vragen_{scale}
        """,
        also=(f"{FOLDER}/02.json",),
    ),
    Step(
        "03_size_comparison",
        (RECORD,),
        tables="""
            kenmerken_naar_omvang samenhang_met_omvang toets_kenmerken_naar_omvang paren_kenmerken_naar_omvang
            klein_midden klein_midden_gecorrigeerd klein_midden_ordinaal planning
        """,
        figures="kenmerken_naar_omvang klein_midden klein_midden_gecorrigeerd",
        also=(f"{FOLDER}/03.json",),
    ),
    Step(
        "04_sector_comparison",
        (RECORD,),
        tables="""
            omvang_naar_sector weggelaten_sectoren kenmerken_naar_sector kenmerken_tegenover_rest
            paren_kenmerken_per_sector toets_kenmerken_naar_sector paren_kenmerken_naar_sector
            toets_kenmerken_naar_sector_gecorrigeerd kenmerken_naar_sector_gecorrigeerd
            vragen_mkb vragen_naar_sector_mkb vragen_tegenover_rest_mkb
            paren_{scale}_per_sector_mkb vragen_{scale}
        """,
        figures="omvang_naar_sector kenmerken_naar_sector vragen_{scale}",
        also=(f"{FOLDER}/04.json",),
    ),
    Step(
        "05_maturity_correlations",
        (RECORD,),
        tables="""
            aandacht_naar_omvang aandacht_driedeling_naar_omvang trend_aandacht_naar_omvang aandacht_gemiddeld
            toets_aandacht_naar_omvang paren_aandacht_naar_omvang samenhang_aandacht paren_samenhang_aandacht
            samenhang_aandacht_naar_omvang toets_samenhang_aandacht samenhang_aandacht_tegenover_rest
            hefbomen_kenmerken hefbomen_vragen samenhang_vragen_mkb vragen_mkb
        """,
        figures="""
            aandacht_naar_omvang samenhang_aandacht samenhang_aandacht_naar_omvang hefbomen_vragen
            prioriteiten
        """,
        also=(f"{FOLDER}/05.json",),
    ),
    Step(
        "06_informeel_leren_correlations",
        (RECORD,),
        tables="""
            samenhang_leren_van_taken paren_samenhang_leren_van_taken samenhang_leren_van_taken_tegenover_rest
            samenhang_leren_van_anderen paren_samenhang_leren_van_anderen
            samenhang_leren_van_anderen_tegenover_rest toets_samenhang_informeel_leren
            samenhang_vragen_mkb paren_samenhang_vragen_mkb vragen_mkb hefbomen_kenmerken hefbomen_vragen
        """,
        figures="""
            samenhang_leren_van_taken samenhang_leren_van_anderen samenhang_vragen_mkb prioriteiten
            hefbomen_vragen
        """,
        also=(f"{FOLDER}/06.json",),
    ),
    Step(
        "07_appendix_tables",
        (RECORD,),
        tables="""
            frequenties_vragen gemiddelden_vragen frequenties_stellingen frequenties_andere_vragen
            vragen_naar_omvang codeboek
        """,
    ),
    Step(
        "08_verification",
        (RECORD, f"tables/{REPORT_TABLES}"),
        tables="cijfers samenvatting uitspraken tegenspraken gedrukte_tabellen",
        also=("data/verification.json",),
    ),
    Step("09_summary", (RECORD, f"{FOLDER}/{SAID}"), also=(FILE,)),
)


def order_steps(steps: Sequence[Step]) -> list[list[Step]]:
    """Waves of steps that can run side by side: a step comes after all steps that give what it needs."""
    waves, left = [], list(steps)
    while left:
        to_come = [file for step in left for file in step.gives]
        wave = [s for s in left if not any(fnmatchcase(g, need) for g in to_come for need in s.needs)]
        if not wave:
            raise ValueError(f"steps wait for each other: {', '.join(step.notebook for step in left)}")
        waves.append(wave)
        left = [step for step in left if step not in wave]
    return waves
