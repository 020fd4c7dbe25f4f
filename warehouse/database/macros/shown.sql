-- Values and sentences as people read them, worded as tiers/messages/verdict.py does; a test compares the two. SQL, because a
-- Python function called for each row of a zone takes longer than the rules. Pass columns, not expressions: a macro copies them.

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
            when abs(value) >= yi() then rounded(value / yi()) || ' 亿'
            when abs(value) >= wan() then rounded(value / wan()) || ' 万'
            else rounded(value) || ' '
        end || case unit when 'yuan' then '元' when 'usd' then '美元' else '欧元' end
        when unit = 'bool' then case when value <> 0 then '是' else '否' end
        when unit = 'date' then strftime(strptime(format('{:08d}', value::bigint), '%Y%m%d'), '%Y-%m-%d')
        else shown_number(value, unit) || case unit
            when 'percent' then '%' when 'person' then ' 人' when 'item' then ' 项' when 'point' then ' 分'
            when 'year' then ' 年' when 'day' then ' 天' when 'rank' then ' 名' else ''
        end
    end;

create or replace macro shown_en(value, unit) as
    case
        when value is null then '–'
        when unit in ('yuan', 'usd', 'eur') then case
            when abs(value) >= million() then rounded(value / million()) || ' million'
            else rounded(value)
        end || case unit when 'yuan' then ' yuan' when 'usd' then ' US dollars' else ' euros' end
        when unit = 'bool' then case when value <> 0 then 'yes' else 'no' end
        when unit = 'date' then strftime(strptime(format('{:08d}', value::bigint), '%Y%m%d'), '%Y-%m-%d')
        else shown_number(value, unit) || case
            when unit = 'percent' then '%'
            when value = 1 or unit <> 'year' and format('{:.2f}', value) = '1.00'
                then case unit when 'person' then ' person' when 'item' then ' item' when 'point' then ' point' when 'year' then ' year' when 'day' then ' day' else '' end
            else case unit when 'person' then ' people' when 'item' then ' items' when 'point' then ' points' when 'year' then ' years' when 'day' then ' days' else '' end
        end
    end;

-- An English sentence whose counts of one have the word of a single thing: 1 days is 1 day.
create or replace macro counted_en(sentence) as
    replace(regexp_replace(sentence, '(^|[^0-9.,])1 ((?:working )?(?:day|year|month|firm|item|point|euro|US dollar))s\b', '\11 \2', 'g'), ' 1 people', ' 1 person');

create or replace macro gap_zh(value, unit) as
    case when unit = 'percent' then rounded(value) || ' 个百分点' when value is not null then shown_zh(value, unit) end;

create or replace macro gap_en(value, unit) as
    case when unit = 'percent' then rounded(value) || ' points' when value is not null then shown_en(value, unit) end;

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

-- A condition with its clause, value (``text``), line and gap, each left out where there is none.
create or replace macro figure_zh(condition, clause, value, unit, text, line, gap) as
    '「' || condition || '」（' || clause || '）'
    || case
        when unit = 'bool' and value is null then ''
        when unit = 'bool' then case when starts_with(line, text) then '：符合' else '：不符合' end
        else coalesce('现为 ' || case when value is not null then text end || coalesce('，要求 ' || line, ''), coalesce('要求 ' || line, ''))
    end
    || coalesce('，差 ' || gap, '');

create or replace macro figure_en(condition, clause, value, unit, text, line, gap) as
    '“' || condition || '” (' || clause || ')'
    || case
        when unit = 'bool' and value is null then ''
        when unit = 'bool' then case when starts_with(line, text) then ': met' else ': not met' end
        else coalesce(': ' || case when value is not null then text end || coalesce(', required ' || line, ''), coalesce(': required ' || line, ''))
    end
    || coalesce(', short by ' || gap, '');

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
