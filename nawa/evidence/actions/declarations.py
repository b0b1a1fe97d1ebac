"""Declaring registers complete or empty by a signed letter, and withdrawing that."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks, scans
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.refusal import refuse_if
from nawa.evidence.models import Declaration, DeclarationScan, DeclaredNone, DeclaredRegister, RegisterCoverage, Said
from nawa.evidence.queries import declarations as queries
from nawa.evidence.rules import declarations as rules
from nawa.registry import actions as registry
from nawa.registry.models import Person, Unit

_KEPT: Final = ("complete_on", "letter_number", "source", "import_id", "verified_by", "verified_at")
_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Letter:
    """The signed letter: its number, and its scan as bytes."""

    number: str
    scan: bytes


def declare_complete(
    unit: Unit, registers: Sequence[str], *, on: datetime.date, letter: Letter, by: Actor
) -> Declaration:
    """Say that registers of a unit and all below it are complete on a day; no row in them then means none.

    Raises:
        Refusal: `declaration.twice` where it is done already, `declaration.unit`, `declaration.registers`,
            `declaration.future`, `declaration.letter`, those against a scan, or `declaration.older` where this was said
            of the same day or a later one.
    """
    content = scans.cleaned_ahead(letter.scan)
    with transaction.atomic():
        locks.hold(locks.RECORDS)
        _refuse_twin(unit, Said.COMPLETE, registers, on, letter, ())
        standing = queries.standing(unit, registers)
        against = rules.reasons_against_unit(unit, today=clock.today())
        against += rules.reasons_against_register(registers, on, today=clock.today())
        against += rules.reasons_against_letter(letter.number, letter.scan)
        refuse_if(against + rules.reasons_against_older(sum(row.complete_on >= on for row in standing.values())))
        people = queries.reach(unit, (), on=clock.today()).people
        declaration = _declared(unit, Said.COMPLETE, registers, on, letter, len(people), content, by)
        for register in registers:
            _say_complete(declaration, register, standing.get(register))
        return declaration


def declare_none(
    unit: Unit,
    registers: Sequence[str],
    *,
    nips: Collection[str] = (),
    on: datetime.date,
    letter: Letter,
    by: Actor,
) -> Declaration:
    """Say that people of a unit and all below it (all who work there, unless NIP are given) have nothing in registers.

    Raises:
        Refusal: as `declare_complete` for a twin, unit, registers, day and letter; `declaration.people`,
            `declaration.strangers`, `declaration.rows` where some of them have rows.
    """
    content = scans.cleaned_ahead(letter.scan)
    with transaction.atomic():
        locks.hold(locks.RECORDS)
        found = queries.reach(unit, registers, nips, on=clock.today())
        _refuse_twin(unit, Said.NONE, registers, on, letter, found.people)
        against = rules.reasons_against_unit(unit, today=clock.today())
        against += rules.reasons_against_register(registers, on, today=clock.today())
        against += rules.reasons_against_letter(letter.number, letter.scan)
        refuse_if(against + rules.reasons_against_none(len(found.people), found.strangers, found.with_rows))
        declaration = _declared(unit, Said.NONE, registers, on, letter, len(found.people), content, by)
        _say_none(declaration, found.people, registers)
        return declaration


@transaction.atomic
def withdraw_declaration(declaration: Declaration, *, reason: str, by: Actor) -> None:
    """Withdraw a declaration: what was stored before stands again, and nobody is said to have nothing by it.

    Raises:
        Refusal: `declaration.withdrawn`, `declaration.newer`, `declaration.reason`.
    """
    locks.hold(locks.RECORDS)
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    newer = queries.newer_than(declaration)
    refuse_if(rules.reasons_against_withdrawing(declaration, newer, reason))
    declaration.withdrawn_by, declaration.withdrawn_at = str(by), clock.now()
    declaration.withdrawn_for = reason.strip()
    declaration.save()
    for one in declaration.complete.all():
        _put_back(one)
    people = _say_none_no_more(declaration)
    details = {"registers": len(declaration.registers), "people": people or declaration.people}
    audit.record(Event.DECLARATION_WITHDRAWN, subject=declaration, by=by, details=details)


def _refuse_twin(
    unit: Unit, said: Said, registers: Sequence[str], on: datetime.date, letter: Letter, people: Collection[int]
) -> None:
    number = letter.number.strip()
    twins = queries.twins(unit, said, registers, on=on, letter=number, people=people) if number else 0
    refuse_if(rules.reasons_against_twin(twins))


def _declared(
    unit: Unit,
    said: Said,
    registers: Sequence[str],
    on: datetime.date,
    letter: Letter,
    people: int,
    content: bytes,
    by: Actor,
) -> Declaration:
    at = clock.now()
    scan = DeclarationScan(
        content_type=scans.content_type(content),
        content=content,
        digest=scans.digest(content),
        kept_by=str(by),
        kept_at=at,
    )
    scan.save()
    declaration = Declaration.objects.create(
        unit=unit,
        said=said,
        registers=list(registers),
        complete_on=on,
        letter_number=letter.number.strip(),
        scan=scan,
        people=people,
        declared_by=str(by),
        declared_at=at,
    )
    details = {"said": str(said), "registers": len(registers), "people": people, "on": on, "scan": scan.digest}
    audit.record(Event.REGISTERS_DECLARED, subject=declaration, by=by, details=details, at=at)
    return declaration


def _say_complete(declaration: Declaration, register: str, row: RegisterCoverage | None) -> None:
    before = _told({name: getattr(row, name) for name in _KEPT}) if row else None
    DeclaredRegister.objects.create(declaration=declaration, unit=declaration.unit, register=register, before=before)
    row = row or RegisterCoverage(unit=declaration.unit, register=register)
    row.complete_on, row.letter_number = declaration.complete_on, declaration.letter_number
    row.source, row.import_id = Source.RECORDED, ""
    row.verified_by, row.verified_at = declaration.declared_by, declaration.declared_at
    row.save()


def _put_back(one: DeclaredRegister) -> None:
    own = {"verified_by": one.declaration.declared_by, "verified_at": one.declaration.declared_at}
    rows = RegisterCoverage.objects.filter(unit=one.unit_id, register=one.register, **own)  # else something is newer
    if one.before is None:
        rows.delete()
    else:
        rows.update(**one.before)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Dates and instants as JSON holds them, and as the database takes them back."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _say_none(declaration: Declaration, people: Iterable[int], registers: Sequence[str]) -> None:
    said = _codes_of(people)
    own = _without_letters(said, registers)
    DeclaredNone.objects.bulk_create(
        (
            DeclaredNone(
                declaration=declaration, person_id=pk, register=register, was_there=register in own.get(pk, ())
            )
            for pk in said
            for register in registers
        ),
        batch_size=_AT_ONCE,
    )
    now = {pk: [*codes, *(one for one in registers if one not in codes)] for pk, codes in said.items()}
    registry.say_none({pk: codes for pk, codes in now.items() if codes != said[pk]})


def _without_letters(said: Mapping[int, Sequence[str]], registers: Sequence[str]) -> dict[int, set[str]]:
    """Return which of the registers people's records called empty before any letter that stands said so."""
    own = {pk: set(codes) for pk, codes in said.items()}
    letters = DeclaredNone.objects.filter(declaration__withdrawn_at__isnull=True, register__in=registers)
    for pk, register, was_there in letters.values_list("person_id", "register", "was_there"):
        if pk in own and not was_there:
            own[pk].discard(register)
    return own


def _say_none_no_more(declaration: Declaration) -> int:
    gone = set(declaration.none.filter(was_there=False).values_list("person_id", "register"))
    others = DeclaredNone.objects.filter(declaration__withdrawn_at__isnull=True, register__in=declaration.registers)
    gone -= set(others.values_list("person_id", "register"))
    people = {pk for pk, _register in gone}
    said = _codes_of(people)
    registry.say_none({pk: [code for code in codes if (pk, code) not in gone] for pk, codes in said.items()})
    return len(people)


def _codes_of(people: Iterable[int]) -> dict[int, list[str]]:
    """Return the registers in which these people's records say that they have nothing."""
    named = list(people)
    some = (named[start : start + _AT_ONCE] for start in range(0, len(named), _AT_ONCE))
    return {
        pk: codes
        for keys in some
        for pk, codes in Person.objects.filter(pk__in=keys).values_list("pk", "verified_none")
    }
