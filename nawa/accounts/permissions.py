"""What a role may let somebody do, in stable codes. Everyone sees their own record: that needs no permission."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Codes of permissions, as the log and the grants of years to come name them: add, never rename."""

    # reading
    ORGANISATION = "organisation.read"  # units, posts, standards, holders' names
    DIRECTORY = "people.directory"  # who works where, without a word on how well
    MAP_COUNTS = "map.counts"  # how many stand in each box; small counts withheld
    MAP_PEOPLE = "map.people"  # who stands in which box
    PROFILE = "profile.read"  # one person's evidence, arithmetic and competences
    UNPUBLISHED = "runs.unpublished"  # runs that employees do not see yet
    TRAIL = "trail.read"  # what happened
    READ_LOG = "trail.reads"  # who has looked at whom

    # files on their way to the records
    IMPORT_READ = "imports.read"  # uploads, their previews and reports
    IMPORT_APPLY = "imports.apply"  # brings files in, and undoes what they brought

    # evidence and records
    EVIDENCE_READ = "evidence.read"  # what was submitted, and what became of it
    EVIDENCE_VERIFY = "evidence.verify"  # accepts, asks again, refuses; declares registers complete
    EVIDENCE_SAMPLE = "evidence.sample"  # checks a sample of what verifiers accepted
    QUALITY = "quality.read"  # how complete and how consistent the records are, and what to chase
    RECORDS_CHANGE = "records.change"  # acting duties, appointments, reorganisations, rows that disagree
    RECORDS_ERASE = "records.erase"  # lets personal texts go when their time has come

    # runs and their publication
    RUN_START = "runs.start"
    RUN_CHECK = "runs.check"
    RUN_RELEASE = "runs.release"  # opens the period of contest, and publishes
    RUN_VALIDATE = "runs.validate"  # records what the committee decided
    RUN_DETERMINE = "runs.determine"  # records the PPK's decree

    # policy
    POLICY_READ = "policy.read"  # the rules by which everybody is mapped, submitted drafts, what these would change
    POLICY_DRAFT = "policy.draft"
    POLICY_APPROVE = "policy.approve"  # records the instrument that sets a version in force

    # accounts
    ACCOUNTS_OPEN = "accounts.open"  # accounts and activation slips in bulk
    ACCOUNTS_RESET = "accounts.reset"  # a new slip for somebody who is locked out
    GRANTS = "accounts.grants"  # who has which role


DECIDING = frozenset(
    {
        Permission.IMPORT_APPLY,
        Permission.RECORDS_CHANGE,
        Permission.RECORDS_ERASE,
        Permission.RUN_CHECK,
        Permission.RUN_RELEASE,
        Permission.RUN_VALIDATE,
        Permission.RUN_DETERMINE,
        Permission.POLICY_APPROVE,
        Permission.ACCOUNTS_OPEN,
        Permission.GRANTS,
    }
)
"""Whoever decides, releases, or opens doors to others needs a second factor (TOTP)."""
