"""The audit finds what is wrong: it does not pass because it does not look."""

from in_browser import audit

PAGE = """<!DOCTYPE html><html lang="nl"><title>Proef</title><main><h1>Proef</h1>{}</main></html>"""
SOUND = "<table><tr><th scope='col'>n</th></tr><tr><td>1</td></tr></table>"
FAULTS = "<table><tr><th></th></tr><tr><td>1</td></tr></table><p style='width: 80rem'>Breed</p>"


def test_faults_are_found(tmp_path):
    for name, content in {"sound": SOUND, "faults": FAULTS}.items():
        (tmp_path / f"{name}.html").write_text(PAGE.format(content), encoding="utf-8")
    sound, faults, _, narrow = audit([tmp_path / "sound.html", tmp_path / "faults.html"])
    assert (sound["rules"], sound["overflow"]) == ([], 0)
    assert [rule for rule, *_ in faults["rules"]] == ["empty-table-header"]
    assert narrow["width"] == 390 and narrow["overflow"] > 0
