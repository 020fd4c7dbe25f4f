"""The ids of all components; no other module writes one."""

from typing import Any

# The shell
URL = "url"
PAGE = "page"
DRAWN = "drawn"
DRAWER = "drawer"
DRAWER_TITLE = "drawer-title"
DRAWER_TEXT = "drawer-text"
SESSION_NOTICE = "session-notice"

# Every page
MAIN = "main"
FRESHNESS = "freshness"
NAVIGATION = "navigation"
KEYS = "keys"
KEYS_TITLE = "keys-title"

# The movers
SEARCH = "q"
MATCHING = "matching"
FACETS = "facets"
VIEWS = "views"
VIEWS_DRAWN = "views-drawn"
VIEWS_NOTICE = "views-notice"
VIEW_NAME = "view-name"


def view_act(act: Any, number: Any) -> dict[str, Any]:
    """The button that saves, shares or removes a view; of any where wildcards are given."""
    return {"part": "view", "act": act, "view": number}


# The firm
def fold(edition: Any) -> dict[str, Any]:
    """What opens the conditions of an edition; of any edition where a wildcard is given."""
    return {"part": "fold", "edition": edition}


def proof(edition: Any) -> dict[str, Any]:
    """What holds the conditions of an edition; of any edition where a wildcard is given."""
    return {"part": "proof", "edition": edition}


FIRM_BELOW = "firm-below"
FIRM_TRIED = "firm-tried"


def slider(fact: Any) -> dict[str, Any]:
    """The slider of a figure that is tried out; of any figure where a wildcard is given."""
    return {"part": "slider", "fact": fact}


def number(fact: Any) -> dict[str, Any]:
    """The field of a figure that is tried out; of any figure where a wildcard is given."""
    return {"part": "number", "fact": fact}


# The case of a firm
CASE_BODY = "case-body"
CASE_NOTICE = "case-notice"
CASE_DRAWN = "case-drawn"
CASE_CHANGED = "case-changed"


def send(act: Any, number: Any = "") -> dict[str, Any]:
    """The button that sends the form of an act, and of what it is about; of any where wildcards are given."""
    return {"part": "send", "act": act, "number": number}


def field(act: Any, name: Any, number: Any = "") -> dict[str, Any]:
    """A field of the form of an act, and of what it is about; of any where wildcards are given."""
    return {"part": "field", "act": act, "field": name, "number": number}


# Reconciliation
BRIDGE_SINCE = "bridge-since"
BRIDGE_UNTIL = "bridge-until"
BRIDGE_CHART = "bridge-chart"

# Flows
FLOWS_SINCE = "flows-since"
FLOWS_UNTIL = "flows-until"
FLOWS_CHART = "flows-chart"

# What-if on the zone
TRIAL_EDITION = "trial-edition"
TRIAL_OTHER = "trial-other"
TRIAL_RUN = "trial-run"
TRIAL_EXPORT = "trial-export"
TRIAL_FILE = "trial-file"


def threshold(condition: Any) -> dict[str, Any]:
    """The field of the threshold of a condition; of any condition where a wildcard is given."""
    return {"part": "threshold", "condition": condition}


# Cultivation
WORK_NOTICE = "work-notice"
WORK_BODY = "work-body"
WORK_DRAWN = "work-drawn"
WORK_STEP_FORM = "work-step-form"
WORK_STEP_FIELDS = "work-step-fields"


def work(act: Any, number: Any = "") -> dict[str, Any]:
    """The button that sends the form of an act, and of what it is about; of any where wildcards are given."""
    return {"part": "work", "act": act, "number": number}


def work_field(act: Any, name: Any, number: Any = "") -> dict[str, Any]:
    """A field of the form of an act, and of what it is about; of any where wildcards are given."""
    return {"part": "work-field", "act": act, "field": name, "number": number}


def work_ticked(signal: Any) -> dict[str, Any]:
    """The firms that are ticked on the list of a signal."""
    return {"part": "work-ticked", "signal": signal}


def pool_step(firm: Any, step: Any) -> dict[str, Any]:
    """The button that opens the form of a step of a firm."""
    return {"part": "pool-step", "firm": firm, "step": step}


def work_step(firm: Any) -> dict[str, Any]:
    """What the form of a step of a firm was drawn with."""
    return {"part": "work-step", "firm": firm}


def work_refused(firm: Any) -> dict[str, Any]:
    """Where the form of a step of a firm shows why it was refused."""
    return {"part": "work-refused", "firm": firm}


# Today
TODAY_BODY = "today-body"
TODAY_NOTICE = "today-notice"
TODAY_SEEN = "today-seen"
TODAY_FORM = "today-form"
TODAY_ABOUT = "today-about"
TODAY_CONTACT = "today-contact"
TODAY_DRAWN = "today-drawn"
TODAY_OUTCOME = "today-outcome"
TODAY_NEXT = "today-next"
TODAY_NOTE = "today-note"
TODAY_REFUSED = "today-refused"
TODAY_SAVE = "today-save"


def contact(number: Any, firm: Any, about: Any) -> dict[str, Any]:
    """The button that opens the form of a contact; of any row where wildcards are given."""
    return {"part": "contact", "n": number, "firm": firm, "about": about}


CONTESTS = "contests"

# Data
DATA_BODY = "data-body"
DATA_NOTICE = "data-notice"
DATA_DRAWN = "data-drawn"
DATA_WORK_OUT = "data-work-out"
DATA_WORKED = "data-worked"


def data_pick(number: Any) -> dict[str, Any]:
    """The box that ticks a row of a list; of any row where a wildcard is given."""
    return {"part": "data-pick", "n": number}


def data_choice(number: Any) -> dict[str, Any]:
    """What is chosen for a row of a list; of any row where a wildcard is given."""
    return {"part": "data-choice", "n": number}


def data_field(name: Any) -> dict[str, Any]:
    """A field of the form below a list; any where a wildcard is given."""
    return {"part": "data-field", "field": name}


def data_button(name: Any) -> dict[str, Any]:
    """A button of the page of data; any where a wildcard is given."""
    return {"part": "data-button", "button": name}


# The extracts
EXTRACTS_BODY = "extracts-body"
EXTRACTS_NOTICE = "extracts-notice"
DELIVER = "deliver"
DELIVER_TO = "deliver-to"
DELIVER_WHY = "deliver-why"
DELIVER_DRAWN = "deliver-drawn"

# The administration
ADMIN_BODY = "admin-body"
ADMIN_NOTICE = "admin-notice"


def office_act(act: Any) -> dict[str, Any]:
    """The button that sends an act of the administration; of any act where a wildcard is given."""
    return {"part": "office-act", "act": act}


def office_field(act: Any, name: Any) -> dict[str, Any]:
    """A field of the form of an act of the administration; of any where wildcards are given."""
    return {"part": "office-field", "act": act, "field": name}


# The targets
TARGETS_BODY = "targets-body"
TARGETS_NOTICE = "targets-notice"
TARGET_DRAWN = "target-drawn"
TARGET_SET = "target-set"


def target_field(name: Any) -> dict[str, Any]:
    """A field of the form that sets a target; any where a wildcard is given."""
    return {"part": "target-field", "field": name}
