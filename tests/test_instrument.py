from leercultuur.instrument import load_instrument


def test_the_codebook_has_twenty_items_in_five_scales():
    instrument = load_instrument()
    assert [len(instrument.items_of(scale)) for scale in instrument.scales] == [3, 5, 4, 5, 3]
    assert [item for scale in instrument.scales for item in instrument.items_of(scale)] == instrument.items


def test_headers_are_full_question_texts_and_unique():
    instrument = load_instrument()
    headers = [instrument.header(v) for v in [*instrument.export_columns, *instrument.variables]]
    assert len(set(headers)) == len(headers) == 7 + 20 + 5 + 6
    assert instrument.header("taken_autonomie").startswith("In deze organisatie … kunnen medewerkers")


def test_informal_learning_is_the_mean_of_two_statements():
    assert load_instrument().derived["informeel_leren"] == ["leren_van_taken", "leren_van_anderen"]


def test_omvang_rises_and_sector_does_not():
    instrument = load_instrument()
    assert instrument.is_ordered("omvang") and instrument.is_ordered("taken_autonomie")
    assert not instrument.is_ordered("sector")
