"""Events: their codes, what each may tell, and its sentence."""

from nawa.audit.enums.codes import CHANGE_DETAILS, ENTRANCE, UNKNOWN_NAME, Detail, Event, EventForm, Language
from nawa.audit.enums.forms import FORMS

__all__ = ["CHANGE_DETAILS", "ENTRANCE", "FORMS", "UNKNOWN_NAME", "Detail", "Event", "EventForm", "Language"]
