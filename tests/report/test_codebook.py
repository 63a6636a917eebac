from leercultuur.instrument import load_instrument
from leercultuur.report.codebook import PAGE, render_codebook


def test_page_is_that_of_the_codebook():
    assert PAGE.read_text(encoding="utf-8") == render_codebook(), "run: python -m leercultuur codebook"


def test_every_key_and_wording_is_there():
    codebook, page = load_instrument(), render_codebook()
    for variable in [*codebook.variables, *codebook.export_columns]:
        assert f"`{variable}`" in page and codebook.header(variable) in page, variable
    for variable in [*codebook.variables, "status"]:
        for key, text in codebook.options(variable).items():
            assert f"| `{key}` | {text} |" in page, (variable, key)
    for key in [*codebook.scales, *codebook.derived, *codebook.populations, *codebook.classes]:
        assert f"`{key}`" in page, key
