-- One row per firm, signal and designation, with its reason in words.
-- key: firm_id, signal, designation
-- scope: firm
-- kept as: whole table
-- moved by: core_signal__plateau
-- A plateau rests on how long like firms of the zone stay, so that any firm may change the words of another.
-- the last service that was given to a firm among those that answer the signal, or the metric of its condition
with served as (
    select
        given.firm_id,
        given.signal,
        given.designation,
        arg_max(service.given_on, service.given_seq) as served_on,
        arg_max({'zh': entry.zh, 'en': entry.en, 'sentence_zh': entry.sentence_zh, 'sentence_en': entry.sentence_en}, service.given_seq) as service,
        arg_max({'zh': result.zh, 'en': result.en}, service.given_seq) as outcome
    from core_firm__signals as given
    inner join core_firm__services as service on given.firm_id = service.firm_id
    inner join ref_services as entry on service.service = entry.service
    inner join ref_service_outcomes as result on coalesce(service.outcome = result.outcome, result.is_none)
    left join ref_conditions as condition
        on given.edition_id = condition.edition_id and given.condition_id = condition.condition_id
    inner join ref_service_answers as answer
        on service.service = answer.service
        and (given.signal = answer.signal or condition.metric = answer.metric)
    group by all
),

worded as (
    select
        given.*,
        signal.seq as signal_seq,
        signal.zh as signal_zh,
        signal.en as signal_en,
        reason.zh as template_zh,
        reason.en as template_en,
        reason.line_unit,
        designation.zh as designation_zh,
        designation.en as designation_en,
        condition.zh as condition_zh,
        condition.en as condition_en,
        condition.clause,
        missing.zh as missing_zh,
        missing.en as missing_en,
        owner.owner_zh,
        owner.owner_en,
        parameter.previous_day,
        replace(replace(replace(served.service.sentence_zh, '{on}', served.served_on::varchar), '{service}', served.service.zh), '{outcome}', served.outcome.zh) as served_zh,
        replace(replace(replace(served.service.sentence_en, '{on}', served.served_on::varchar), '{service}', served.service.en), '{outcome}', served.outcome.en) as served_en,
        given.years = limits.near_miss_for_years_years_at_least as is_as_far_as_known,
        -- what has no condition of an edition has no unit of its own either
        [
            {'number': given.value, 'unit': given.unit, 'is_gap': false},
            {'number': given.required, 'unit': case when given.condition_id is null then '' else given.unit end, 'is_gap': false},
            {'number': given.gap, 'unit': given.gap_unit, 'is_gap': true},
            {'number': given.previous, 'unit': given.gap_unit, 'is_gap': given.condition_id is not null},
            {'number': given.pace, 'unit': given.gap_unit, 'is_gap': true}
        ] as figures,
        condition.operator,
        condition.required_zh,
        condition.required_en
    from core_firm__signals as given
    cross join parameter
    cross join ref_signal_limits as limits
    inner join ref_signals as signal using (signal)
    inner join ref_signal_reasons as reason using (signal, reason)
    left join ref_designations as designation using (designation)
    left join ref_conditions as condition
        on given.edition_id = condition.edition_id and given.condition_id = condition.condition_id
    left join ref_facts as missing on given.missing_fact = missing.fact
    left join core_fact__owners as owner on given.missing_fact = owner.fact
    left join served
        on given.firm_id = served.firm_id and given.signal = served.signal and given.designation is not distinct from served.designation
),

-- all figures by one expression: a macro is planned anew wherever it stands, which took longer than the rows
shown as (
    select
        *,
        list_transform(figures, lambda figure: case when figure.is_gap then gap_zh(figure.number, figure.unit) else shown_zh(figure.number, figure.unit) end) as zh,
        list_transform(figures, lambda figure: case when figure.is_gap then gap_en(figure.number, figure.unit) else shown_en(figure.number, figure.unit) end) as en
    from worded
),

numbers as (
    select
        *,
        [
            {'number': days::varchar, 'unit': 'day'},
            {'number': years::varchar, 'unit': 'year'},
            {'number': like_firms::varchar, 'unit': 'firm'},
            {'number': case when condition_id is null and required is not null then zh[2] end, 'unit': line_unit}
        ] as counts
    from shown
),

texts as (
    select
        *,
        list_transform(counts, lambda entry: counted_zh(entry.number, entry.unit)) as counts_zh,
        list_transform(counts, lambda entry: counted_en(entry.number, entry.unit)) as counts_en,
        {'value': zh[1], 'gap': zh[3], 'previous': zh[4], 'pace': zh[5]} as text_zh,
        {'value': en[1], 'gap': en[3], 'previous': en[4], 'pace': en[5]} as text_en,
        case when condition_id is null then counts_zh[4] else line_zh(required, unit, operator, required_zh, zh[2]) end as line_text_zh,
        case when condition_id is null then counts_en[4] else line_en(required, unit, operator, required_en, en[2]) end as line_text_en
    from numbers
)

select
    firm_id,
    firm_key,
    signal,
    signal_seq,
    signal_zh,
    signal_en,
    designation,
    designation_zh,
    designation_en,
    edition_id,
    condition_id,
    condition_zh,
    condition_en,
    clause,
    value,
    required,
    gap,
    unit,
    gap_unit,
    due_on,
    since,
    missing_fact,
    owner_zh,
    owner_en,
    -- a gap that the sentence names itself is left out of the condition
    filled(
        template_zh, designation_zh,
        figure_zh(condition_zh, clause, value, unit, text_zh.value, line_text_zh, case when gap <> 0 and not contains(template_zh, '{gap}') then text_zh.gap end),
        coalesce(due_on::varchar, wording_no_day_zh()), counts_zh[1], previous_day::varchar, text_zh.previous,
        since::varchar || case when is_as_far_as_known then wording_or_earlier_zh() else '' end,
        text_zh.gap, text_zh.pace, counts_zh[2], missing_zh, owner_zh, text_zh.value, line_text_zh,
        year::varchar, last_report_year::varchar, counts_zh[3]
    ) || coalesce(served_zh, '') as reason_zh,
    filled(
        template_en, designation_en,
        figure_en(condition_en, clause, value, unit, text_en.value, line_text_en, case when gap <> 0 and not contains(template_en, '{gap}') then text_en.gap end),
        coalesce(due_on::varchar, wording_no_day_en()), counts_en[1], previous_day::varchar, text_en.previous,
        since::varchar || case when is_as_far_as_known then wording_or_earlier_en() else '' end,
        text_en.gap, text_en.pace, counts_en[2], missing_en, owner_en, text_en.value, line_text_en,
        year::varchar, last_report_year::varchar, counts_en[3]
    ) || coalesce(served_en, '') as reason_en
from texts
order by firm_key
