-- One row per service given to a firm, as the fold of its events has it: when, for which condition, and its newest outcome.
-- key: firm_id, given_seq
-- scope: firm
select
    firm.firm_id,
    given.first_seq as given_seq,
    given.service,
    given.given_on,
    given.designation,
    given.condition_id,
    given.outcome,
    given.outcome_on
from case_service as given
inner join core_firm as firm on given.firm_id = firm.firm_id
