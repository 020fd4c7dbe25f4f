"""Services given, each beside like firms without one: who closed the gap within a year.

Firms are alike that a year before failed a title by the same condition, held the same rung, and were of one band of age
and of staff. Served is who was given the service for that title or condition, or for no named one where it answers the
metric of the condition; not served who was given none at all. What is computed of them: ``tiers.cultivation.effect``.
"""

from service.queries.release.tables import require
from tiers.cultivation.effect import Group, difference, effect_rules
from tiers.cultivation.services import catalogue, of_each_year
from tiers.messages.counted import counted
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

_GROUPS = """
    with days as (select day, previous_day from desk_parameter),

    given as (
        select service.* from desk_firm__services as service cross join days
        where service.given_on > days.previous_day and service.given_on <= days.day
    ),

    stalled as (
        select
            rung.firm_id,
            rung.designation,
            rung.previous_condition,
            rung.held_rank,
            len(list_filter(
                $1::integer[], lambda edge: date_diff('year', firm.founded_on, days.previous_day) >= edge
            )) as age,
            len(list_filter($2::integer[], lambda edge: yearly.staff_end >= edge)) as staff,
            condition.metric,
            rung.outcome = 'met' or rung.is_held or coalesce(evidence.outcome = 'met', false) as is_closed
        from desk_firm__rungs as rung
        cross join days
        inner join desk_firm as firm using (firm_id)
        left join desk_firm__history as yearly
            on rung.firm_id = yearly.firm_id and yearly.year = year(days.previous_day) - 1
        left join desk_ref_conditions as condition
            on rung.edition_id = condition.edition_id and rung.previous_condition = condition.condition_id
        left join desk_firm__evidence as evidence
            on rung.firm_id = evidence.firm_id and rung.edition_id = evidence.edition_id
            and rung.previous_condition = evidence.condition_id
        where rung.previous_outcome = 'not_met' and rung.previous_condition is not null
            and firm.founded_on is not null and yearly.staff_end is not null
    ),

    judged as (
        select
            stalled.*,
            exists (
                select 1 from given where given.firm_id = stalled.firm_id and given.service = $3
                    and coalesce(given.designation = stalled.designation, true)
                    and coalesce(
                        given.condition_id = stalled.previous_condition,
                        given.designation is not null or list_contains($4::varchar[], stalled.metric)
                    )
            ) as is_served,
            exists (select 1 from given where given.firm_id = stalled.firm_id) as is_given_any
        from stalled
    )

    select
        count(*) filter (where is_served)::integer as served,
        count(*) filter (where is_served and is_closed)::integer as served_closed,
        count(*) filter (where not is_given_any)::integer as like,
        count(*) filter (where not is_given_any and is_closed)::integer as like_closed
    from judged
    group by designation, previous_condition, held_rank, age, staff
    order by designation, previous_condition, held_rank, age, staff
"""  # a service for a named condition is for that one; for a title alone for whatever keeps the firm from it
_GIVEN = (
    "select service, count(*)::integer as given from desk_firm__services cross join desk_parameter as parameter"
    " where given_on > parameter.previous_day and given_on <= parameter.day group by service order by service"
)


def effect(home: Home) -> list[Row]:
    """A row a service that was given within the year: how often, firms compared, shares, difference with interval.

    ``zh`` and ``en`` are its words, also why there is no difference. Raises ``BadInput`` where the two evaluations of
    the release do not lie a year apart.
    """
    with Published(home).at_once() as release:
        require(release, "desk_firm__services", "desk_firm__rungs")
        _require_year(release)
        return [_row(release, row["service"], row["given"]) for row in release.rows(_GIVEN)]


def _require_year(release: Reader) -> None:
    (days,) = release.rows("select day, previous_day, (day - previous_day)::integer as apart from desk_parameter")
    wanted = effect_rules().days
    apart = counted(days["apart"], "day", "days")
    if not wanted.least <= days["apart"] <= wanted.most:
        raise BadInput(
            f"本期比较 {days['previous_day']} 与 {days['day']}，相隔 {days['apart']} 天，不是一年；"
            "请以一年前为基准日运行：tidu run --previous-day",
            f"this release compares {days['previous_day']} with {days['day']}, {apart} apart and not a"
            " year: run it with the day a year before, tidu run --previous-day",
        )


def _row(release: Reader, service: str, given: int) -> Row:
    known, bands = catalogue().services.get(service), effect_rules().bands
    metrics = of_each_year(known.answers.metrics) if known else []
    groups = release.rows(_GROUPS, [list(bands.age_years), list(bands.staff), service, metrics])
    result = difference(Group(**group) for group in groups)
    return {
        "service": service,
        "service_zh": known.zh if known else service,
        "service_en": known.en if known else service,
        "given": given,
        **vars(result),
        "zh": result.words("zh"),
        "en": result.words("en"),
    }
