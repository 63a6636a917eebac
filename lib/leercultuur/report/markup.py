"""HTML of a notebook -> what stands in a page: contents, call-outs, tables that can be read on a phone."""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest

from bs4 import BeautifulSoup, Tag

FINDINGS = "Wat zien we?"  # how a call-out begins
FEWEST_HEADINGS = 3  # from how many a page has contents
WORD = re.compile(r"^[^\d<−–]*[^\W\d_]{3}|^F\d")  # a word before any number, or ids of figures
# The widest table, in characters, that there is room for on a screen of 390, 640 and 1000 pixels (as in
# page.css), and on the last in smaller type. What a column takes beside its text, and one of words at least.
ROOM = {"phone": 48, "tablet": 70, "desk": 102, "dense": 125}
GUTTER, LEAST = 2, 15
SHORT, LONG = (
    12,
    80,
)  # characters: a row header up to SHORT is no words; sentences above LONG get room on a phone
JOINT = re.compile("(?<=angetermijn)(?=aanpak)")  # where a name may break that is too long on a phone
SLIDE, ENLARGE = "Schuif opzij voor de rest →", "Vergroten"


def arrange(html: str) -> str:
    """The same, as a page shows it.

    Headings have an address of their own, and there are contents of those of the second level. Call-outs and
    what scrolls are named regions, each with another name. What scrolls has a hint in it, shown where it is
    too wide for the screen: there the keyboard gets to it, and elsewhere it does not stop.
    """
    soup = BeautifulSoup(html, "html.parser")
    names: Counter[str] = Counter()
    for link in soup.find_all("a", class_="anchor-link"):
        link.decompose()
    _address_headings(soup)
    for block in soup.find_all(class_="output_markdown"):
        if block.get_text(strip=True).startswith(FINDINGS):
            block.name, block["class"] = "section", "findings"
            heading = block.find_previous(["h1", "h2", "h3"])
            block["aria-label"] = _name_once(f"{FINDINGS} {heading.get_text() if heading else ''}", names)
    for table in soup.find_all("table"):
        for text in table.find_all(string=JOINT):
            text.replace_with(JOINT.sub("\u00ad", text))
        _align_words(table)
        width = _measure_width(table)
        if screens := [screen for screen, room in ROOM.items() if width > room]:
            name = table.caption.get_text() if table.caption else table.get("aria-label", "Tabel")
            _let_scroll(soup, table, _name_once(name, names), screens[-1], SLIDE)
    for figure in soup.find_all("figure"):
        name = figure.figcaption.get_text() if figure.figcaption else "Figuur"
        _let_scroll(soup, figure.img, _name_once(name, names), "phone", ENLARGE)
    return str(soup)


def _address_headings(soup: BeautifulSoup) -> None:
    used: Counter[str] = Counter()
    for heading in soup.find_all(re.compile("^h[1-6]$")):
        heading["id"] = _name_once(heading.get("id") or heading.get_text(), used, "-{}")
    headings = soup.find_all("h2")
    if len(headings) < FEWEST_HEADINGS:
        return
    contents = soup.new_tag("nav", attrs={"aria-label": "Op deze pagina", "class": "contents"})
    items = soup.new_tag("ul")
    for heading in headings:
        link = soup.new_tag("a", href=f"#{heading['id']}")
        link.string = heading.get_text()
        item = soup.new_tag("li")
        item.append(link)
        items.append(item)
    title = soup.new_tag("p")
    title.string = "Op deze pagina"
    contents.extend([title, items])
    first = headings[0]
    (first.find_parent(class_="cell") or first).insert_before(contents)


def _name_once(name: str, used: Counter[str], form: str = " ({})") -> str:
    """A name that no other has: a number stands after what is there already."""
    used[name] += 1
    return name + form.format(used[name]) if used[name] > 1 else name


def _align_words(table: Tag) -> None:
    """Mark columns that mostly hold words: these read from the left and keep some width, numbers from the
    right. Row headers are words unless they are short."""
    for column in zip_longest(*_find_rows(table)):
        cells = [cell for cell in column if cell]
        values = [cell.get_text() for cell in cells if cell.name == "td" and cell.get_text(strip=True)]
        headers = [cell.get_text() for cell in cells if cell.get("scope") == "row"]
        named = any(len(header) > SHORT for header in headers)
        if named or sum(bool(WORD.search(value)) for value in values) * 2 > len(values):
            for cell in cells:
                cell["class"] = "words long" if any(len(value) > LONG for value in values) else "words"


def _measure_width(table: Tag) -> int:
    """The least width of a table, in characters: what cannot be broken in each of its columns."""
    columns = zip_longest(*_find_rows(table))
    return sum(max(_measure_cell(cell) for cell in column if cell) + GUTTER for column in columns)


def _measure_cell(cell: Tag) -> int:
    words = "words" in cell.get("class", "")
    unbroken = cell.name == "td" and not words
    longest = max(map(len, re.split("\n" if unbroken else "[ \n\u00ad-]", cell.get_text("\n"))))
    return max(longest, LEAST if words else 0)


def _find_rows(table: Tag) -> list[list[Tag]]:
    """The cells of each row; not of those that are the heading of a group."""
    return [row.find_all(["th", "td"]) for row in table.find_all("tr") if not row.find(scope="rowgroup")]


def _let_scroll(soup: BeautifulSoup, part: Tag, name: str, screen: str, said: str) -> None:
    """Put a part in a region that scrolls; ``screen`` is the largest on which it has to."""
    attributes = {"class": f"wide {screen}", "role": "region", "aria-label": name}
    hint = soup.new_tag("span", attrs={"class": "hint", "tabindex": "0"})
    hint.string = said
    part.wrap(soup.new_tag("div", attrs=attributes)).insert(0, hint)
