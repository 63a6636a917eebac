"""A slip in the codebook is an error that names the key, whatever the slip."""

import pytest

from leercultuur.checks.codebook import read_codebook
from leercultuur.instrument import CODEBOOK
from leercultuur.project import InputError

TEXT = CODEBOOK.read_text(encoding="utf-8")
VARIED = "{scale: taken, aspect: Variatie"


def read_changed(tmp_path, before: str, after: str) -> dict:
    assert before in TEXT
    path = tmp_path / "instrument.yml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    return read_codebook(path)


def test_the_codebook_of_the_project_is_whole():
    assert read_codebook(CODEBOOK).keys() >= {"items", "classes"}


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        (
            VARIED,
            "{scale: takken, aspect: x",
            'items, taken_gevarieerd: geen schaal is "takken". Verwacht: "taken"',
        ),
        (VARIED, "{schaal: taken, aspect: x", 'onbekende sleutel "schaal". Verwacht: "scale"'),
        ("    question: Vanuit welke rol vulde je in?\n", "", 'rol: de sleutel "question" ontbreekt'),
        (
            "  omgeving:       {",
            "  leeg: {label: Leeg}\n  omgeving:       {",
            "scales, leeg: geen enkele vraag",
        ),
        ("hr: HR / P&O, or_pvt", "hr: HR / P&O, hr: Personeel, or_pvt", '"hr" staat er dubbel'),
        ("or_pvt: OR / PvT", "or_pvt: hr /  p&o", '"hr /  p&o" staat bij hr en bij or_pvt'),
        (
            "rest: [anders, weet_niet]",
            "rest: [anders, weetniet]",
            'geen optie van deze vraag is "weetniet". Verwacht: "weet_niet"',
        ),
        ("names: {vestiging: Vestiging", "names: {vestigng: x", 'geen optie van deze vraag is "vestigng"'),
        (
            "omvang: [micro, klein, midden]",
            "omvang: [klien]",
            'mkb: geen optie van omvang is "klien". Verwacht: "klein"',
        ),
        ("options: [1, 2]}", "options: [1, 3]}", "classes, driedeling: een optie zit in twee klassen"),
        ("options: [hr]}", "options: [hrm]}", "classes, rolgroep: dit zijn niet de opties van één vraag"),
        ("items: [leren_van_taken,", "items: [leren_van_taak,", 'geen vraag of stelling is "leren_van_taak"'),
        ("  5: In zeer sterke mate\n", "", 'likert: de sleutel "5" ontbreekt'),
        ("  4: Mee eens\n", "  4: Mee oneens\n", '"Mee oneens" staat bij 2 en bij 4'),
        ("externe_adviseur, anders]}", "externe_adviseur]}", "dit zijn niet de opties van één vraag"),
        ('"0": 0%', "0: 0%", "scholing: optie 0. Verwacht: letters, cijfers, _, + of -"),
        ("      1: Er is geen", '      "1": Er is geen', "aandacht: de opties zijn ['1', 2, 3, 4, 5]"),
        (", omvang: [micro, klein, midden]", "", "populations, mkb: omvang"),
        ("  wea_veranderen:        {", "  wea~veranderen: {", 'bij "wea~veranderen": in een naam'),
        ("  wea_veranderen:        {", "  email: {", "email: de naam is twee keer gebruikt"),
        ("item_stem: In deze organisatie …", "item_stem: 2024-01-01", "een datum of iets anders dan tekst"),
        ("  driedeling:", "  driedeeling:", 'de sleutel "driedeling" ontbreekt'),
        ("personal: [email,", "personal: [e-mail,", 'personal: geen kolom onder export is "e-mail"'),
        ("werk van medewerkers uitdagend", "werk van medewerkers gevarieerd", "bij de vraagteksten"),
        ("  wea_gemotiveerd:       {", "  taken_uitdagend: {", "taken_uitdagend: de naam is twee keer"),
        ("synthetic_prefix: SYN-", "prefix: SYN-", 'onbekende sleutel "prefix"'),
        ("ordered: true\n    question: Hoeveel aandacht", "ordered: ja\n    question: x", "true of false"),
        ("item_stem: In deze organisatie …", "item_stem: [", "geen leesbare YAML"),
        (
            "  questions: {}",
            "  questions: {sectr: [Sector]}",
            'geen vraag of kolom is "sectr". Verwacht: "sector"',
        ),
        ("  questions: {}", "  questions: {sector: [Status]}", '"Status" staat bij status en bij sector'),
        ("  questions: {}", "  questions: {sector: Sector}", "Verwacht: een lijst"),
        ("  columns: {}", "  columns: {sector: [Q1], rol: [q1]}", '"q1" staat bij sector en bij rol'),
        ("  columns: {}", "  columns: {sector: [email]}", '"email" staat bij email en bij sector'),
        (
            "rol:    {anders: [",
            "rol:    {ander: [",
            'geen optie van deze vraag is "ander". Verwacht: "anders"',
        ),
        ('"Overig", "Overige"', '"Medewerker"', '"Medewerker" staat bij medewerker en bij anders'),
        ("codes: {}", "codes: {omvang: {micro: 1, klein: 2}}", "optie midden heeft geen code"),
        ("codes: {}", "codes: {likert: {1: 0, 2: 1, 3: 2, 4: 3, 5: 3}}", '"3" staat bij 4 en bij 5'),
        (
            "codes: {}",
            "codes: {omvang: {micro: een}}",
            "codes, omvang, micro: daar staat iets anders. Verwacht: een geheel getal",
        ),
        ("codes: {}", "codes: {status: {voltooid: 1}}", 'geen vraag met opties is "status"'),
        ("may_be_absent: [started_at,", "may_be_absent: [start,", 'geen vraag of kolom is "start"'),
        ("may_be_absent: [started_at,", "may_be_absent: [submitted_at,", "de periode hangt ervan af"),
    ],
)
def test_a_slip_is_named(tmp_path, before, after, part):
    with pytest.raises(InputError) as caught:
        read_changed(tmp_path, before, after)
    message = str(caught.value)
    assert message.startswith("instrument.yml") and part in message, message
    assert "Verbeter" in message


def test_a_codebook_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"Het codeboek weg\.yml is er niet"):
        read_codebook(tmp_path / "weg.yml")
