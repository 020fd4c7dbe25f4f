"""The work on cases as a page or a program does it: within a scope, by whoever may edit."""

from service.casework.acts import ACTS as ACTS
from service.casework.desk import Casework as Casework
from service.casework.desk import Done as Done
from service.casework.desk import NotAllowed as NotAllowed
from service.casework.desk import Typed as Typed
from service.casework.desk import UsedBefore as UsedBefore
from service.decisions.case_events import BothVersions as BothVersions
from service.decisions.firms import NoSuchFirm as NoSuchFirm
from warehouse.casebook.events import Event as Event
