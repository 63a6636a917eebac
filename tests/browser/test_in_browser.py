"""The audit finds what is wrong: it does not pass because it does not look."""

from in_browser import audit

PAGE = """<!DOCTYPE html><html lang="nl"><title>Proef</title><main><h1>Proef</h1>{}</main></html>"""
SOUND = "<table><tr><th scope='col'>n</th></tr><tr><td>1</td></tr></table>"
FAULTS = "<table><tr><th></th></tr><tr><td>1</td></tr></table><p style='width: 70rem'>Breed</p>"
DARK = """<style>@media (prefers-color-scheme: dark) { p { color: #777; background: #666; } }</style>
<p>Grijs</p><img alt="Van elders" src="elders.png">"""
BAR = """<style>nav { position: sticky; top: 0; background: #fff; }</style>
<nav><a style="display: block; padding: 1rem" href="#kop">Naar de kop</a></nav><p>Eerst</p>
<h2 id="kop">Kop</h2>
<p style="height: 200rem">Dan</p>"""


def test_faults_are_found(tmp_path):
    pages = {"sound": SOUND, "faults": FAULTS, "dark": DARK, "bar": BAR}
    for name, content in pages.items():
        (tmp_path / f"{name}.html").write_text(PAGE.format(content), encoding="utf-8")
    found = audit(tmp_path / f"{name}.html" for name in pages)
    looks = [(width, scheme) for width in (1280, 390) for _ in pages for scheme in ("light", "dark")]
    assert [(look["width"], look["scheme"]) for look in found] == looks
    for place in range(0, len(found), 2 * len(pages)):
        for night in (0, 1):
            sound, faults, dark, bar = found[place + night : place + 2 * len(pages) : 2]
            assert (sound["rules"], sound["overflow"], sound["elsewhere"]) == ([], 0, [])
            assert [rule for rule, *_ in faults["rules"]] == ["empty-table-header"] * (not night)
            assert (faults["overflow"] > 0) == (faults["width"] == 390)
            assert [rule for rule, *_ in dark["rules"]] == ["color-contrast"] * night
            assert [url.rsplit("/")[-1] for url in dark["elsewhere"]] == ["elders.png"]
            assert (sound["covered"], bar["covered"]) == ([], ["#kop"])
