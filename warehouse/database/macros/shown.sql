-- Values and sentences as people read them, as tiers/messages/verdict.py writes them; a test compares the two. SQL, because a Python
-- function called for each row of a zone takes longer than the rules. Its words are macros made of tiers/messages/figures.yml.
-- Pass columns, not expressions: a macro copies them.

create or replace macro rounded(value) as
    case
        when value <> 0 and format('{:.2f}', value) in ('0.00', '-0.00')
            then rtrim(format(format('{{:,.{}f}}', (1 - floor(log10(abs(value))))::integer), value), '0')
        else format('{:,.2f}', value)
    end;

create or replace macro shown_number(value, unit) as
    case
        when value % 1 = 0 then format('{:,.0f}', value)
        when unit in ('percent', 'year') then rounded(value)
        else rtrim(rtrim(rounded(value), '0'), '.')
    end;

create or replace macro yi() as 100000000;

create or replace macro wan() as 10000;

create or replace macro million() as 1000000;

create or replace macro shown_zh(value, unit) as
    case
        when value is null then '–'
        when unit in ('yuan', 'usd', 'eur') then case
            when abs(value) >= yi() then rounded(value / yi()) || wording_hundred_million_zh()
            when abs(value) >= wan() then rounded(value / wan()) || wording_ten_thousand_zh()
            else rounded(value) || ' '
        end || currency_zh(unit)
        when unit = 'bool' then case when value <> 0 then wording_affirmed_zh() else wording_denied_zh() end
        when unit = 'date' then strftime(strptime(format('{:08d}', value::bigint), '%Y%m%d'), '%Y-%m-%d')
        else shown_number(value, unit) || unit_zh(unit)
    end;

create or replace macro shown_en(value, unit) as
    case
        when value is null then '–'
        when unit in ('yuan', 'usd', 'eur') then case
            when abs(value) >= million() then rounded(value / million()) || wording_million_en()
            else rounded(value)
        end || currency_en(unit)
        when unit = 'bool' then case when value <> 0 then wording_affirmed_en() else wording_denied_en() end
        when unit = 'date' then strftime(strptime(format('{:08d}', value::bigint), '%Y%m%d'), '%Y-%m-%d')
        else shown_number(value, unit) || case
            when unit <> 'percent' and (value = 1 or unit <> 'year' and format('{:.2f}', value) = '1.00') then single_unit_en(unit)
            else unit_en(unit)
        end
    end;

-- A number as a text with its unit, of which English has another word for a single thing: 1 day, 2 days.
create or replace macro counted_zh(number_text, unit) as number_text || unit_zh(unit);

create or replace macro counted_en(number_text, unit) as
    number_text || case when number_text = '1' then single_unit_en(unit) else unit_en(unit) end;

create or replace macro gap_zh(value, unit) as
    case when unit = 'percent' then rounded(value) || wording_percentage_points_zh() when value is not null then shown_zh(value, unit) end;

create or replace macro gap_en(value, unit) as
    case when unit = 'percent' then rounded(value) || wording_percentage_points_en() when value is not null then shown_en(value, unit) end;

create or replace macro sign_of(operator) as
    case operator when 'at_least' then '≥ ' when 'more_than' then '> ' when 'at_most' then '≤ ' when 'less_than' then '< ' else '= ' end;

-- The line of a condition: the requirement in words, and where it depends on the size of the firm the line of this firm,
-- whose figure stands in ``text``.
create or replace macro line_zh(line, unit, operator, required, text) as
    case
        when unit = 'bool' then ltrim(required, '= ')
        when line is not null and contains(required, '；') then sign_of(operator) || text
        else nullif(required, '')
    end;

create or replace macro line_en(line, unit, operator, required, text) as
    case
        when unit = 'bool' then ltrim(required, '= ')
        when line is not null and (contains(required, '); ') or unit in ('yuan', 'usd', 'eur')) then sign_of(operator) || text
        else nullif(required, '')
    end;

-- A condition with its clause.
create or replace macro named_zh(condition, clause) as
    replace(replace(wording_condition_zh(), '{condition}', condition), '{clause}', clause);

create or replace macro named_en(condition, clause) as
    replace(replace(wording_condition_en(), '{condition}', condition), '{clause}', clause);

-- The same with its value (``text``), line and gap, each left out where there is none.
create or replace macro figure_zh(condition, clause, value, unit, text, line, gap) as
    named_zh(condition, clause)
    || case
        when unit = 'bool' and value is null then ''
        when unit = 'bool' then case when starts_with(line, text) then wording_as_required_zh() else wording_not_as_required_zh() end
        when value is not null and text is not null
            then replace(wording_value_zh(), '{value}', text) || coalesce(replace(wording_value_required_zh(), '{line}', line), '')
        else coalesce(replace(wording_required_zh(), '{line}', line), '')
    end
    || coalesce(replace(wording_short_zh(), '{gap}', gap), '');

create or replace macro figure_en(condition, clause, value, unit, text, line, gap) as
    named_en(condition, clause)
    || case
        when unit = 'bool' and value is null then ''
        when unit = 'bool' then case when starts_with(line, text) then wording_as_required_en() else wording_not_as_required_en() end
        when value is not null and text is not null
            then replace(wording_value_en(), '{value}', text) || coalesce(replace(wording_value_required_en(), '{line}', line), '')
        else coalesce(replace(wording_required_en(), '{line}', line), '')
    end
    || coalesce(replace(wording_short_en(), '{gap}', gap), '');

-- Who has a figure, and the feed it comes in.
create or replace macro owner_zh(owner, feed) as replace(replace(wording_owner_zh(), '{owner}', owner), '{feed}', feed);

create or replace macro owner_en(owner, feed) as replace(replace(wording_owner_en(), '{owner}', owner), '{feed}', feed);

-- A sentence: the template of a reason with its names in braces filled; what is null is left empty.
create or replace macro filled(
    template, designation, figure, due_on, days, previous_day, previous, since, gap, pace, years, missing, owner, value, line, year, last_year, like_firms
) as
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        template,
        '{designation}', coalesce(designation, '')), '{figure}', coalesce(figure, '')), '{due_on}', coalesce(due_on, '')),
        '{days}', coalesce(days, '')), '{previous_day}', coalesce(previous_day, '')), '{previous}', coalesce(previous, '')),
        '{since}', coalesce(since, '')), '{gap}', coalesce(gap, '')), '{pace}', coalesce(pace, '')), '{years}', coalesce(years, '')),
        '{missing}', coalesce(missing, '')), '{owner}', coalesce(owner, '')), '{value}', coalesce(value, '')),
        '{line}', coalesce(line, '')), '{year}', coalesce(year, '')), '{last_year}', coalesce(last_year, '')), '{like_firms}', coalesce(like_firms, ''));

-- The next step of a firm: the template of its step with its names in braces filled.
create or replace macro next_text(template, designation, condition, gap, missing, on_day) as
    replace(replace(replace(replace(replace(
        template,
        '{designation}', coalesce(designation, '')), '{condition}', coalesce(condition, '')), '{gap}', coalesce(gap, '')),
        '{missing}', coalesce(missing, '')), '{on}', coalesce(on_day::varchar, ''));
