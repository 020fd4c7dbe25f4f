-- Years, months and days in the notations that people use: one value for each, or null, which a check reports.

-- A date in Chinese numerals, 二〇一五年三月二日 or 2015年三月二日, in digits; other texts, and years with both kinds of digits, are
-- unchanged.
create or replace macro han_day(value) as
    case
        when not regexp_full_match(value, '(?:[〇零○Ｏ一二三四五六七八九]{4}|[12]\d{3})(年[一二三四五六七八九十年度月份日号]*)?') then value
        else replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(translate(value, '〇零○Ｏ一二三四五六七八九', '0000123456789'), '(\d)十(\d)', '\1\2', 'g'),
                    '(\d)十', '\10', 'g'
                ),
                '十(\d)', '1\1', 'g'
            ),
            '十', '10'
        )
    end;

-- The day of an instant with an offset, 2026-03-01T16:00:00Z, in China.
create or replace macro day_of_instant(value) as
    (
        try_cast(regexp_extract(value, '^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:Z|[+-]\d{2}(?::?\d{2})?)$', 1) as timestamp)
        + to_minutes(480)
        - to_minutes(
            case when ends_with(value, 'Z') then 0
                else try_cast(regexp_extract(value, '([+-])\d{2}(?::?\d{2})?$', 1) || '1' as integer) * (
                    try_cast(regexp_extract(value, '[+-](\d{2})(?::?\d{2})?$', 1) as integer) * 60
                    + coalesce(try_cast(nullif(regexp_extract(value, ':\d{2}.*[+-]\d{2}:?(\d{2})$', 1), '') as integer), 0)
                )
            end
        )
    )::date;

-- A text without quotes or punctuation around it, with one kind of dash.
create or replace macro plain_dashes(value) as
    regexp_replace(translate(value, '—–‐‑−﹣\', '-------'), '^["“\[]+|["”\].,;。]+$', '', 'g');

-- A day in a notation that is not usual: 2015年3月2号, 2015、3、2, 2015-03-02 星期一, 二〇一五年三月二日, 2-Mar-2015, with any time.
create or replace macro other_day(value) as
    coalesce(
        day_of_instant(value),
        try_cast(
            nullif(
                regexp_replace(
                    regexp_extract(
                        han_day(value),
                        '^[12]\d{3}\s*[-/.,、年 ]\s*\d{1,2}\s*[-/.,、月 ]\s*\d{1,2}\s*[日号]?'
                        || '(?:[T\s]*[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?)?'
                        || '(?:[T\s]*(?:上午|下午|凌晨|中午|晚上)?\s*\d{1,2}[:时点]\d{0,2}(?:[:分]\d{0,2}(?:\.\d+)?秒?)?\s*(?:[AP]M)?)?$'
                    ),
                    '^(\d{4})\D+(\d{1,2})\D+(\d{1,2}).*', '\1-\2-\3'
                ),
                ''
            ) as date
        ),
        try_cast(nullif(regexp_replace(regexp_extract(value, '^[12]\d{7}(?:\.0+|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)$'), '^(\d{4})(\d\d)(\d\d).*', '\1-\2-\3'), '') as date),
        case
            when regexp_matches(value, '[A-Za-z]{3}') and regexp_matches(value, '\b[12]\d{3}\b')
                then try_strptime(value, ['%d-%b-%Y', '%Y-%b-%d', '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y', '%B %d %Y'])::date
        end
    );

-- The year of a text such as 2025年度, FY2025 or 二〇二五年, or of the last day of a year; two digits state no century.
create or replace macro parse_year(value) as
    case
        when regexp_full_match(value, '(?:19|20)\d\d') then try_cast(value as integer)
        else try_cast(
            regexp_extract(
                upper(han_day(bare(value))),
                '^(?:FY)?\s*((?:19|20)\d\d)\s*(?:FY|年|年度|财年|财政年度|会计年度|\.0+|年12月31日|[-/.]12[-/.]31(?:[ T]00:00(?::00)?(?:\.0+)?)?)?$', 1
            ) as integer
        )
    end;

-- A day as a program writes it, 2026-03-02.
create or replace macro is_plain_day(value) as
    try_cast(value as date)::varchar = value and regexp_full_match(value, '[12].{9}');

-- A date in the usual notations. A number alone is no date: readers give days of a workbook in ISO form, by its own system.
create or replace macro parse_date(value) as
    coalesce(
        -- four-digit years only: 25-12-01 would parse as year 25, and 2025121 is ambiguous; 9999-12-31 stands for no end
        case when regexp_matches(half_width(trim(value)), '^([12]\d{3}|9999)(\D|\d{4})') then try_strptime(
            half_width(trim(value)),
            ['%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y/%m/%d', '%Y%m%d', '%Y年%m月%d日', '%Y.%m.%d',
             '%Y/%m/%d %H:%M:%S', '%Y/%m/%d %H:%M', '%Y-%m-%dT%H:%M:%S', '%Y 年 %m 月 %d 日']
        )::date end,
        case
            when not regexp_full_match(value, '\d{0,8}')
                then list_transform([plain_dashes(bare(value))], lambda written: other_day(written))[1]
        end
    );

-- The day from which a spreadsheet counts, by either of its two calendars.
create or replace macro before_1900() as date '1899-12-30';

create or replace macro before_1904() as date '1904-01-01';

-- Both days that a number without a date format may be; null for a text that is no serial day. 19xx and 20xx are years.
create or replace macro date_readings(value) as
    list_transform(
        [case
            when regexp_full_match(bare(value), '[1-9]\d{2,4}(\.\d+)?')
                and not regexp_full_match(bare(value), '(19|20)\d\d')
                then try_cast(regexp_extract(bare(value), '^\d+') as integer)
        end],
        lambda serial: (before_1900() + serial) || ' (1900) / ' || (before_1904() + serial) || ' (1904)'
    )[1];

-- YYYYMM of a year and a month from 1 to 12, as texts.
create or replace macro year_month(year_text, month_text) as
    case
        when regexp_full_match(year_text, '(19|20)\d\d') and regexp_full_match(month_text, '0?[1-9]|1[0-2]')
            then year_text || lpad((try_cast(month_text as integer))::varchar, 2, '0')
    end;

create or replace macro month_number(value) as
    nullif((instr('JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC', upper(left(value, 3))) + 2) // 3, 0)::varchar;

-- A month as YYYYMM, from a month in any notation (2026-03, 2026年3月份, 202603, 03/2026, Mar-26, 二〇二六年三月) or one of its days.
-- 2026.1 is none: a spreadsheet drops the zero of 2026.10.
create or replace macro parse_month(value) as
    case
        when regexp_full_match(value, '(19|20)\d\d(0[1-9]|1[0-2])') then value
        else list_transform([han_day(plain_dashes(bare(value)))], lambda written: coalesce(
            case when written not like '%.1' then year_month(
                regexp_extract(written, '^(\d{4})\s*(?:[-/.、年 ]|年)\s*\d{1,2}\s*(?:月|月份)?$', 1),
                regexp_extract(written, '^\d{4}\s*(?:[-/.、年 ]|年)\s*(\d{1,2})\s*(?:月|月份)?$', 1)
            ) end,
            year_month(
                regexp_extract(written, '^(\d{4})[Mm]?\d\d(?:\.0+)?$', 1), regexp_extract(written, '^\d{4}[Mm]?(\d\d)(?:\.0+)?$', 1)
            ),
            year_month(regexp_extract(written, '^\d{1,2}[-/](\d{4})$', 1), regexp_extract(written, '^(\d{1,2})[-/]\d{4}$', 1)),
            year_month(
                '20' || regexp_extract(written, '^[A-Za-z]{3}-(\d\d)$', 1), month_number(regexp_extract(written, '^([A-Za-z]{3})-\d\d$', 1))
            ),
            year_month(
                regexp_extract(written, '^[A-Za-z]{3,9}[- .,]*(\d{4})$', 1),
                month_number(regexp_extract(written, '^([A-Za-z]{3,9})[- .,]*\d{4}$', 1))
            ),
            year_month(regexp_extract(written, '^(\d{4})[- ][A-Za-z]{3,9}$', 1), month_number(regexp_extract(written, '^\d{4}[- ]([A-Za-z]{3,9})$', 1))),
            strftime(parse_date(written), '%Y%m')
        ))[1]
    end;

-- The date, or the first day of a month or year; date_precision gives day, month or year. Mar-26 may be a day of March.
create or replace macro first_day(value) as
    coalesce(
        parse_date(value),
        case when not regexp_matches(value, '^\W*[A-Za-z]{3}-\d\d\W*$') then try_strptime(parse_month(value), '%Y%m')::date end,
        make_date(parse_year(value), 1, 1)
    );

create or replace macro date_precision(value) as
    case
        when parse_date(value) is not null then 'day'
        when first_day(value) is null then null
        when parse_month(value) is null then 'year'
        else 'month'
    end;

-- A month written as a span of itself, 202603-202603.
create or replace macro month_of_span(value) as
    list_transform([bare(value)], lambda written: list_transform([left(written, (length(written) - 1) // 2)], lambda half:
        case
            when regexp_full_match(substr(written, length(half) + 1, length(written) - 2 * length(half)), ' ?[-~～至到—–] ?')
                and ends_with(written, half)
                then parse_month(half)
        end
    )[1])[1];

-- The last month of figures that are cumulative from January: 2026年1-3月, 2026年一季度, 2026Q1, 2026年上半年, 2026年前三季度.
-- Of quarters, only those that begin in January.
create or replace macro month_from_january(value) as
    list_transform([bare(value)], lambda written: coalesce(
        year_month(
            regexp_extract(written, '^(\d{4})\s*年?\s*0?1\s*月?\s*[-~～至到—–]\s*\d{1,2}\s*月(?:份)?(?:累计)?$', 1),
            regexp_extract(written, '^\d{4}\s*年?\s*0?1\s*月?\s*[-~～至到—–]\s*(\d{1,2})\s*月(?:份)?(?:累计)?$', 1)
        ),
        year_month(
            regexp_extract(written, '^(\d{4})[-/.年]?0?1月?\s*[-~～至到—–]\s*(?:\d{4})[-/.年]?\d{1,2}月?$', 1),
            case
                when left(written, 4) = regexp_extract(written, '[-~～至到—–]\s*(\d{4})[-/.年]?\d{1,2}月?$', 1)
                    then regexp_extract(written, '[-~～至到—–]\s*\d{4}[-/.年]?(\d{1,2})月?$', 1)
            end
        ),
        case when regexp_full_match(written, '\d{4}\s*[-年]?\s*(第?一季度|第?1季度|[Qq]1|前?一季度|一季报)') then year_month(left(written, 4), '3') end,
        case when regexp_full_match(written, '\d{4}\s*年?\s*(上半年|前[二两2]个?季度|半年报)') then year_month(left(written, 4), '6') end,
        case when regexp_full_match(written, '\d{4}\s*年?\s*(前[三3]个?季度)') then year_month(left(written, 4), '9') end,
        case when regexp_full_match(written, '\d{4}\s*年?\s*(全年)') then year_month(left(written, 4), '12') end
    ))[1];

-- A month without a year in the year of what the file is of; null where it lies after that.
create or replace macro month_in_year_of(value, stated) as
    list_transform([{
        'month': year_month(
            left(coalesce(parse_month(stated), ''), 4), regexp_extract(bare(value), '^(\d{1,2})\s*月(?:份)?$', 1)
        ),
        'latest': parse_month(stated)
    }], lambda named: case when named.month <= named.latest then named.month end)[1];

-- So many months later; the last day of a month stays one.
create or replace macro months_later(day, months) as
    (case when day = last_day(day) then last_day(day + to_months(months)) else day + to_months(months) end)::date;
