"""The work on cases as a page does it: within a scope, by whoever may edit."""

from service.casework.acts import ACTS as ACTS
from service.casework.consequences import Consequence as Consequence
from service.casework.data_acts import DATA_ACTS as DATA_ACTS
from service.casework.data_desk import DataForm as DataForm
from service.casework.data_desk import DataWork as DataWork
from service.casework.desk import Casework as Casework
from service.casework.desk import Typed as Typed
from service.decisions.case_events import BothVersions as BothVersions
