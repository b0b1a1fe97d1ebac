"""What holds of every document: its standard, its bytes, its pages, and texts that want to be more than text."""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from nawa.documents.text import BREAK, LACKING, settable
from tests.documents.examples import (
    AT,
    COMPLETE,
    HOSTILE,
    PROVISIONAL,
    SITI,
    card_of,
    pages,
    slips_of,
    text,
    unbroken,
)

Printing = Callable[..., bytes]
DOCUMENTS: list[Printing] = [
    lambda **changed: slips_of(SITI, **changed),
    lambda **changed: card_of(PROVISIONAL, **changed),
]


@pytest.fixture(params=DOCUMENTS, ids=["slips", "card"])
def printing(request: pytest.FixtureRequest) -> Printing:
    return request.param  # type: ignore[no-any-return]


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_a_document_declares_pdf_a_2b_and_carries_its_colours(printing: Printing) -> None:
    pdf = printing()
    assert pdf.startswith(b"%PDF-1.7")
    catalog: Any = reader(pdf).trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"


def test_a_document_is_tagged_in_its_language_and_on_a4(printing: Printing) -> None:
    found = reader(printing(language="en"))
    catalog: Any = found.trailer["/Root"]
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert [round(float(side)) for side in found.pages[0].mediabox[2:]] == [595, 842]


def test_all_fonts_are_embedded_and_come_with_the_typesetter(printing: Printing) -> None:
    fonts = {
        font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        ["/FontName"].split("+")[-1]: font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for page in reader(printing()).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }  # fmt: skip
    assert all({"/FontFile3", "/FontFile2"} & set(descriptor) for descriptor in fonts.values())
    assert {name.split("-")[0] for name in fonts} == {"LibertinusSerif", "DejaVuSansMono"}


def test_the_same_input_gives_the_same_bytes(printing: Printing) -> None:
    assert printing() == printing()


def test_another_printing_is_another_file_with_the_same_hash_line(printing: Printing) -> None:
    first, second = printing(), printing(printed_by="Budi", printed_at=AT.replace(hour=15))
    assert first != second
    assert hash_line(first) == hash_line(second) != hash_line(printing(language="en"))


def hash_line(pdf: bytes) -> list[str]:
    return re.findall(r"SHA-256\): ?([0-9a-f ]{64,80}?)(?= |$)", text(pdf))[-1:]


def test_every_page_says_who_printed_it_when_and_its_number(printing: Printing) -> None:
    for number, page in enumerate(found := pages(printing()), start=1):
        assert "PEMERINTAH KOTA TIRTA KENCANA" in page
        assert "Dicetak oleh Sri Lestari, S.Sos. pada 5 November 2026 pukul 14.05 WIB" in page
        assert f"Halaman {number} dari {len(found)}" in page
        assert re.search(r"\(SHA-256\): [0-9a-f]{64}( |$)", page)


def test_the_date_of_the_file_is_the_given_one(printing: Printing) -> None:
    assert reader(printing()).metadata.creation_date == AT  # type: ignore[union-attr]


def test_an_instant_without_zone_is_refused(printing: Printing) -> None:
    with pytest.raises(ValueError, match="time zone"):
        printing(printed_at=datetime(2026, 11, 5, 14, 5))  # noqa: DTZ001 - the point of it


def test_markup_in_any_text_is_printed_as_it_stands() -> None:
    slip = replace(SITI, name=HOSTILE, nip=HOSTILE, login=HOSTILE, code=HOSTILE)
    given = slips_of(slip, unit=HOSTILE, institution=HOSTILE, address=HOSTILE, printed_by=HOSTILE)
    found = unbroken(text(given))
    assert found.count(unbroken(HOSTILE)) >= 6  # name, NIP, log-in, address, unit, printer
    assert unbroken(HOSTILE.upper()) in found  # institution


def test_markup_on_a_card_is_printed_as_it_stands() -> None:
    axis = replace(
        PROVISIONAL.performance,
        **dict.fromkeys(("name", "score", "grade", "completeness"), HOSTILE),
        classes=(HOSTILE,) * 3,
        components=(replace(PROVISIONAL.performance.components[0], name=HOSTILE, evidence=HOSTILE, points=HOSTILE),),
    )
    texts = ("name", "nip", "post", "unit", "tier", "rank", "period", "policy", "stamp", "run", "result_hash")
    lists = ("reasons", "missing", "changes", "follow_ups", "origins")
    card = replace(
        PROVISIONAL,
        **dict.fromkeys(texts, HOSTILE),
        **dict.fromkeys(lists, (HOSTILE,)),
        performance=axis,
        potential=axis,
    )
    assert unbroken(text(card_of(card, institution=HOSTILE, printed_by=HOSTILE))).count(unbroken(HOSTILE)) >= 16


@pytest.mark.parametrize("name", ["M" * 2_000, "Ni Luh " * 285, "e\u0315" * 1_000, "王" * 2_000])
def test_a_name_of_two_thousand_characters_is_printed_whole(name: str) -> None:
    drawn = unbroken(settable(name).replace(BREAK, ""))
    letter = drawn[0]
    for pdf in (slips_of(SITI, replace(SITI, name=name)), card_of(replace(COMPLETE, name=name))):
        assert text(pdf).count(letter) >= drawn.count(letter)


def test_a_pile_of_marks_does_not_make_printing_fail() -> None:
    pile = replace(SITI, name="\u0301" * 2_000, login="a" + "\u0315" * 2_000)
    assert LACKING * 20 in unbroken(text(slips_of(pile)))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_printing_fail(anything: str) -> None:
    slip = replace(SITI, name=anything, nip=anything, login=anything, code=anything)
    assert slips_of(slip, unit=anything, institution=anything, address=anything, printed_by=anything)


def test_several_may_print_at_once() -> None:
    names = [f"Pegawai {number}" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(lambda name: slips_of(replace(SITI, name=name)), names))
    assert [name for name, pdf in zip(names, printed, strict=True) if name not in text(pdf)] == []
