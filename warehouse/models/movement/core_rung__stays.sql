-- One row per spell that is part of a risk set: its length in days, from which day of it on the firm was observed, and whether it
-- ended by leaving the rung. A spell beneath a higher title, one whose beginning is before its first list of renewals, and one
-- that had ended before a list named it are in no risk set.
-- key: firm_id, designation, entered_on
-- scope: zone
-- That a title was not renewed is known only from a later list. A renewal that came early counts once others can no longer renew:
-- else of the same days the renewals would be counted and the ends would not.
with judged as (
    select
        spell.*,
        ending.cause,
        ending.is_exit
        and spell.left_on <= coalesce(spell.settled_until, spell.left_on)
        and (spell.ending <> 'expired' or known.last_on >= spell.left_on) as has_left,
        coalesce(firm.founded_on < known.first_on, true) and spell.entered_on <= known.renewals_until as may_have_begun_earlier
    from core_firm__spells as spell
    inner join core_firm as firm using (firm_id)
    inner join ref_endings as ending using (ending)
    inner join core_rung__lists as known using (designation)
    where not spell.is_beneath and not spell.begins_renewed
),

measured as (
    select
        *,
        case
            when has_left then left_on
            else least(coalesce(left_on - 1, known_until), settled_until)
        end as stays_until
    from judged
)

select
    firm_id,
    designation,
    entered_on,
    greatest(stays_until - entered_on, 1) as days,
    observed_from - entered_on as from_days,
    coalesce(has_left, false) as is_exit,
    case when has_left then cause end as cause,
    may_have_begun_earlier,
    sector,
    age_band,
    size_band
from measured
where greatest(stays_until - entered_on, 1) > observed_from - entered_on
