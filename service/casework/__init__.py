"""The work on cases as a page does it: within a scope, by whoever may edit."""

from service.casework.acts import ACTS as ACTS
from service.casework.desk import Casework as Casework
from service.casework.desk import Typed as Typed
from service.casework.study import Study as Study
from service.decisions.case_events import BothVersions as BothVersions
