"""The work on cases as a page or a program does it: within a scope, by a role that may edit."""

from service.casework.acts import ACTS as ACTS
from service.casework.casework import CaseForm as CaseForm
from service.casework.casework import Casework as Casework
from service.casework.casework import Done as Done
from service.casework.casework import NotAllowed as NotAllowed
from service.casework.casework import UsedBefore as UsedBefore
from service.casework.consequences import Consequence as Consequence
from service.casework.data_acts import DATA_ACTS as DATA_ACTS
from service.casework.data_work import DataForm as DataForm
from service.casework.data_work import DataWork as DataWork
from service.casework.study import Study as Study
from service.casework.target_work import TargetForm as TargetForm
from service.casework.target_work import TargetWork as TargetWork
from service.decisions.case_events import BothVersions as BothVersions
from service.decisions.firms import NoSuchFirm as NoSuchFirm
from warehouse.casebook.events import Event as Event
from warehouse.casebook.events import name_of as name_of
