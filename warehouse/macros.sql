-- Macros of every model. A macro does not repair: a value it cannot parse becomes null, and a check reports it.

-- DuckDB substitutes the argument at each of its uses, so nested macros grow as products. An argument that is more than a
-- column is therefore evaluated once, as the only element of a list: list_transform([argument], lambda name: …)[1].

-- Full-width letters, digits and brackets to half width. translate is slow and few texts need it, hence the test first.
create or replace macro half_width(value) as
    case
        when regexp_matches(value, '[（）［］【】，．：；－　０-９Ａ-Ｚａ-ｚ＆]') then translate(
            value,
            '（）［］【】，．：；－　０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＆',
            '()[][],.:;- 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz&'
        )
        else value
    end;

-- A name normalised for comparison (L12): NFKC, no blanks or invisible signs, one kind of bracket and of dash, capital letters.
-- Text in brackets, 集团 and 股份 are kept, because they distinguish firms.
create or replace macro name_norm(value) as
    list_transform([nfkc(value)], lambda composed:
        upper(regexp_replace(
            case
                when regexp_matches(composed, '[〔〕【】\[\]{}〖〗‹›〈〉《》「」『』<>‐‒–—―−]')
                    then translate(composed, '〔〕【】[]{}〖〗‹›〈〉《》「」『』<>‐‒–—―−', '()()()()()()()()()()()------')
                else composed
            end,
            '[\p{Z}\p{Cc}\p{Cf}·•‧∙⋅・]', '', 'g'
        ))
    )[1];

-- Parts of a normalised name; used only for match proposals and for matching by core name.
create or replace macro legal_form(norm) as regexp_extract(norm, legal_form_pattern());

-- The place a name begins with, else the place in brackets, without 省 and 市; empty if it has no known place.
create or replace macro place_in_name(norm) as
    regexp_replace(
        trim(
            coalesce(
                nullif(regexp_extract(norm, leading_place_pattern()), ''),
                regexp_extract(norm, bracketed_place_pattern())
            ),
            '()'
        ),
        place_kind_pattern(), ''
    );

-- Whether a division of GB/T 2260 lies in another or is it; the end of a code is zeros from its own level down. Null where either is unknown.
create or replace macro is_division_within(division, around) as
    starts_with(division, regexp_replace(around, '(00)+$', ''));

-- A name without place, brackets and legal form: trade name and industry.
create or replace macro core_name(norm) as
    regexp_replace(
        regexp_replace(
            regexp_replace(regexp_replace(norm, legal_form_pattern(), ''), bracketed_place_pattern(), ''),
            leading_place_pattern(), ''
        ),
        '[()]', '', 'g'
    );

-- A text that is not entirely a number is extracted as an empty text, which casts to null.
create or replace macro parse_decimal(value) as
    try_cast(
        replace(regexp_extract(half_width(trim(value)), '^(-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?)$'), ',', '')
        as decimal(38, 6)
    );

-- The largest values that are accepted. Hundredths of a currency: 10^16, 100万亿元, so that a row's sums fit 64 bits and
-- products of two sums fit 128. Counts: 10^9, which fits 32 bits. Exchange rates: 10^6. Other numbers: the range of
-- decimal(14, 2).
create or replace macro largest_amount() as 10000000000000000;

create or replace macro largest_count() as 1000000000;

create or replace macro largest_rate() as 1000000;

create or replace macro largest_number() as 999999999999;

create or replace macro to_bigint(value) as
    case when value between -largest_amount() and largest_amount() then try_cast(round(value, 0) as bigint) end;

-- Whether a text is a plain number above a limit: legible, but out of range.
create or replace macro is_beyond(value, limit_value) as
    coalesce(
        regexp_full_match(half_width(trim(value)), '-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?')
        and abs(try_cast(replace(half_width(trim(value)), ',', '') as double))
        > limit_value,
        false
    );

create or replace macro fen(value, unit) as
    to_bigint(try(
        parse_decimal(value)
        * case unit when '元' then 100 when '千元' then 100000 when '万元' then 1000000 when '亿元' then 10000000000 end
    ));

-- Factor for a report whose unit is confirmed to be off by a power of ten; a decimal, so that products are exact.
create or replace macro power_of_ten(power) as
    case power
        when -8 then 0.00000001 when -7 then 0.0000001 when -6 then 0.000001 when -5 then 0.00001 when -4 then 0.0001 when -3 then 0.001 when -2 then 0.01 when -1 then 0.1
        when 0 then 1 when 1 then 10 when 2 then 100 when 3 then 1000 when 4 then 10000 when 5 then 100000 when 6 then 1000000
        when 7 then 10000000 when 8 then 100000000
    end::decimal(18, 8);

create or replace macro fen_times(value, unit, power) as
    case
        when power = 0 then fen(value, unit)
        else to_bigint(try(
            parse_decimal(value)
            * case unit when '元' then 100 when '千元' then 100000 when '万元' then 1000000 when '亿元' then 10000000000 end
            * power_of_ten(power)
        ))
    end;

create or replace macro parse_count(value) as
    case
        when parse_decimal(value) = round(parse_decimal(value), 0) and abs(parse_decimal(value)) <= largest_count()
            then to_bigint(parse_decimal(value))
    end;

create or replace macro parse_number(value) as try_cast(parse_decimal(value) as decimal(14, 2));

-- An exchange rate; null unless positive.
create or replace macro parse_rate(value) as
    case when parse_decimal(value) > 0 and parse_decimal(value) <= largest_rate() then try_cast(parse_decimal(value) as decimal(18, 6)) end;

create or replace macro parse_year(value) as
    try_cast(regexp_extract(half_width(trim(value)), '^((?:19|20)\d\d)(?:年|年度|\.0)?$', 1) as integer);

-- A date in the usual notations; a five-digit number is an Excel serial day.
create or replace macro parse_date(value) as
    coalesce(
        -- four-digit years only: 25-12-01 would parse as year 25, and 2025121 is ambiguous; 9999-12-31 stands for no end
        case when regexp_matches(half_width(trim(value)), '^([12]\d{3}|9999)(\D|\d{4})') then try_strptime(
            half_width(trim(value)),
            ['%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y/%m/%d', '%Y%m%d', '%Y年%m月%d日', '%Y.%m.%d',
             '%Y/%m/%d %H:%M:%S', '%Y/%m/%d %H:%M', '%Y-%m-%dT%H:%M:%S', '%Y 年 %m 月 %d 日']
        )::date end,
        case
            when regexp_full_match(trim(value), '[2-6]\d{4}') then date '1899-12-30' + try_cast(trim(value) as integer)
        end
    );

-- Whether a place equals another or lies in it: CN-4201-ELHTZ (a zone) in CN-4201 in CN-42 in CN; same order as in tiers.
create or replace macro lies_in(place, other) as
    starts_with(place, other) and regexp_full_match(substr(place, length(other) + 1), '(-.*|\d+(-.*)?)?');

-- Last day of a title by the term of its edition, and by the second reading of that term: a fixed day of the following year.
create or replace macro last_valid_day(given_on, is_year_end, years) as
    (case when is_year_end then make_date(year(given_on), 12, 31) else given_on + to_years(years) end)::date;

create or replace macro last_valid_day_otherwise(given_on, day_of_year) as
    try_cast((year(given_on) + 1) || '-' || day_of_year as date);

create or replace macro parse_boolean(value) as
    case
        when upper(trim(value)) in ('是', '有', 'Y', 'YES', '1', 'TRUE') then true
        when upper(trim(value)) in ('否', '无', 'N', 'NO', '0', 'FALSE') then false
    end;

-- An amount in formal numerals up to thousands of a unit, 壹仟贰佰万元, split into figure and rest for 1200万元. With more
-- than one group of numerals (壹万伍仟) the text is left unchanged, so it yields no amount.
create or replace macro formal_parts(value) as {
    'figure': regexp_extract(translate(value, '零壹贰叁肆伍陆柒捌玖', '0123456789'), '^(?:人民币)?([0-9仟佰拾]+)', 1),
    'rest': regexp_replace(translate(value, '零壹贰叁肆伍陆柒捌玖', '0123456789'), '^(?:人民币)?[0-9仟佰拾]+', '')
};

create or replace macro formal_digit(figure, place) as
    coalesce(try_cast(nullif(regexp_extract(figure, '(\d)' || place, 1), '') as integer), 0);

create or replace macro in_digits(value) as
    case
        when not regexp_matches(value, '^(人民币)?[壹贰叁肆伍陆柒捌玖拾]') then value
        else list_transform([formal_parts(value)], lambda parts:
            case
                when regexp_matches(parts.rest, '[0-9仟佰拾]') then value
                else
                    formal_digit(parts.figure, '仟') * 1000 + formal_digit(parts.figure, '佰') * 100
                    + case when regexp_matches(parts.figure, '^拾') then 10 else 10 * formal_digit(parts.figure, '拾') end
                    + formal_digit(parts.figure, '$')
                    || parts.rest
            end
        )[1]
    end;

-- Hundredths of the currency in a text such as 1.5亿美元, 500万元人民币, 3000.000000万人民币; null without a figure.
create or replace macro cents_in(figure, unit) as
    to_bigint(try(
        parse_decimal(figure)
        * case unit
            when '万亿' then 100000000000000 when '亿' then 10000000000 when '千万' then 1000000000
            when '百万' then 100000000 when '万' then 1000000 when '千' then 100000 else 100
        end
    ));

create or replace macro money_text_cents(value) as
    list_transform([in_digits(value)], lambda digits:
        list_transform([half_width(digits)], lambda narrow:
            list_transform(
                [{
                    'figure': regexp_extract(narrow, '^(?:人民币|美元|港元|港币)?(-?\d[\d,]*(?:\.\d+)?)', 1),
                    'unit': regexp_extract(narrow, '\d\s*(万亿|亿|千万|百万|万|千)', 1)
                }],
                lambda amount: cents_in(amount.figure, amount.unit)
            )[1]
        )[1]
    )[1];

-- Null where the text names no currency: a default would misjudge thresholds, as yuan and dollars differ about sevenfold.
create or replace macro money_text_currency(value) as
    case
        when value is null then null
        when regexp_matches(value, '美元|美金|USD') then 'USD'
        when regexp_matches(value, '港元|港币|HKD') then 'HKD'
        when regexp_matches(value, '欧元|EUR') then 'EUR'
        when regexp_matches(value, '日元|JPY') then 'JPY'
        when regexp_matches(value, '英镑|GBP') then 'GBP'
        when regexp_matches(value, '新加坡|SGD') then 'SGD'
        when regexp_matches(value, '台币|TWD') then 'TWD'
        when regexp_matches(value, '澳元|AUD|加元|CAD|法郎|韩元|KRW') then 'other'
        when regexp_matches(value, '元|人民币|RMB|CNY|¥|￥') then 'CNY'
    end;

-- A currency by its name or its number in GB/T 12406; a null means yuan.
create or replace macro currency_code(value) as
    case
        when value is null or regexp_matches(value, '人民币|CNY|RMB|^156$') then 'CNY'
        when trim(value) = '840' then 'USD'
        when trim(value) = '344' then 'HKD'
        when trim(value) = '978' then 'EUR'
        when trim(value) = '392' then 'JPY'
        when trim(value) = '826' then 'GBP'
        when trim(value) = '702' then 'SGD'
        when trim(value) = '901' then 'TWD'
        else coalesce(nullif(money_text_currency(value), 'CNY'), 'other')
    end;

-- How an amount is disclosed: exact, range (数千万, 超1亿元, 1-2亿元) or undisclosed. A vague word is never converted to a number.
create or replace macro amount_disclosed(value) as
    case
        when value is null or regexp_matches(value, '未|不详|保密|^[-—/]$') then 'undisclosed'
        when regexp_matches(half_width(value), '数|近|超|逾|约|余|多|以上|以下|不足|\d\s*[万亿千百]*[元美港]*\s*[-~至到–—]') then 'range'
        when money_text_cents(value) is not null then 'exact'
        else 'undisclosed'
    end;

-- The lower (side 0) or upper (side 1) bound of an amount such as 1-2亿元, 1亿至2亿美元, 超1亿元, 近5000万元; null if not stated.
create or replace macro amount_end(value, side) as
    list_transform([{'disclosed': amount_disclosed(value), 'narrow': half_width(value)}], lambda amount_text:
        list_transform(
            [case
                when amount_text.disclosed = 'exact' then value
                when amount_text.disclosed = 'undisclosed' or regexp_matches(value, '数|约|余|多') then null
                when regexp_matches(amount_text.narrow, '\d\s*[万亿千百]*[元美港]*\s*[-~至到–—]\s*\d')
                    then regexp_extract(amount_text.narrow, '(\d[\d,.]*)\s*([万亿千百]*)\D*?[-~至到–—]\s*(\d[\d,.]*)\s*([万亿千百]*)', side * 2 + 1)
                    || coalesce(
                        nullif(regexp_extract(amount_text.narrow, '(\d[\d,.]*)\s*([万亿千百]*)\D*?[-~至到–—]\s*(\d[\d,.]*)\s*([万亿千百]*)', side * 2 + 2), ''),
                        regexp_extract(amount_text.narrow, '(\d[\d,.]*)\s*([万亿千百]*)\D*?[-~至到–—]\s*(\d[\d,.]*)\s*([万亿千百]*)', 4)
                    )
                when side = 0 and regexp_matches(value, '超|逾|以上') or side = 1 and regexp_matches(value, '近|以下|不足')
                    then regexp_extract(amount_text.narrow, '\d.*')
            end],
            lambda amount: money_text_cents(amount)
        )[1]
    )[1];

-- The date, or the first day of a month or year; date_precision gives day, month or year.
create or replace macro first_day(value) as
    coalesce(
        parse_date(value),
        make_date(
            try_cast(regexp_extract(half_width(trim(value)), '^((?:19|20)\d\d)(?:年|[-/.]|$)', 1) as integer),
            coalesce(try_cast(regexp_extract(half_width(trim(value)), '^\d{4}(?:年|[-/.])(0?[1-9]|1[0-2])月?$', 1) as integer), 1),
            case when regexp_full_match(half_width(trim(value)), '\d{4}(年|年度)?|\d{4}(年|[-/.])(0?[1-9]|1[0-2])月?') then 1 end
        )
    );

create or replace macro date_precision(value) as
    case
        when parse_date(value) is not null then 'day'
        when first_day(value) is null then null
        when regexp_full_match(half_width(trim(value)), '\d{4}(年|年度)?') then 'year'
        else 'month'
    end;

-- A month as YYYYMM, from a month (2026-03, 2026年3月, 202603) or one of its days.
create or replace macro parse_month(value) as
    case
        when regexp_full_match(half_width(trim(value)), '(19|20)\d\d(0[1-9]|1[0-2])(\.0)?') then left(half_width(trim(value)), 6)
        when date_precision(value) in ('day', 'month') then strftime(first_day(value), '%Y%m')
    end;

-- The reason of a movement: a template of movement.yml with its placeholders filled; a null is rendered empty.
create or replace macro reason_text(
    template, previous_day, previous_held, held, met, due, due_on, lapsing, next_rung, condition, gap, missing
) as
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        template,
        '{previous_day}', coalesce(previous_day::varchar, '')), '{previous_held}', coalesce(previous_held, '')),
        '{held}', coalesce(held, '')), '{met}', coalesce(met, '')), '{due}', coalesce(due, '')),
        '{due_on}', coalesce(due_on::varchar, '')), '{lapsing}', coalesce(lapsing, '')), '{next}', coalesce(next_rung, '')),
        '{condition}', coalesce(condition, '')), '{gap}', coalesce(gap, '')), '{missing}', coalesce(missing, ''));

-- File, sheet and row of a delivered row, as text. Provenance is rendered nowhere else.
create or replace macro source_text(file_name, sheet_name, row_at) as
    file_name || coalesce(' · ' || nullif(sheet_name, ''), '') || ' 行 ' || row_at;

-- source_text with the numbers of the decisions that corrected the row; names of persons are never shown.
create or replace macro corrected_source_text(delivery, file_name, sheet_name, row_at) as
    source_text(file_name, sheet_name, row_at) || coalesce((
        select string_agg(distinct format('（{} 按第 {} 号决定更正 corrected by decision {}）', said_on, statement_id, statement_id), '')
        from correction
        where correction.delivery_id = delivery and correction.row_no = row_at
            and coalesce(correction.sheet, '') = coalesce(sheet_name, '')
    ), '');

-- A note on the factor by which the money of a report was converted; empty without conversion.
create or replace macro unit_factor_text(unit_factor) as
    case when unit_factor <> 1 then '（金额单位经确认，全部 ×' || rtrim(rtrim(unit_factor::decimal(18, 8)::varchar, '0'), '.') || ' unit confirmed）' else '' end;

-- A number for a firm, by which tables read firm by firm are sorted, so that a query skips the row groups of other firms.
-- A hash, because credit codes of one place share a prefix and would not separate the minima and maxima of row groups.
create or replace macro firm_key(firm) as md5_number_lower(firm);  -- hash() may change with the version of DuckDB, and releases outlive it

-- The key of a row of core_mention and core_mention__match.
create or replace macro mention_key(delivery_id, sheet, row_no) as delivery_id || '/' || coalesce(sheet, '') || '/' || row_no;

-- Position 17 of a credit code is the check digit of positions 9 to 16 (GB 11714): weights 3 7 9 10 5 8 4 2, and 11 minus
-- the weighted sum modulo 11.
create or replace macro sign_value(code, place) as
    instr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(code, place, 1)) - 1;

create or replace macro org_code_is_right(code) as
    substr('0X987654321', 1 + (
        3 * sign_value(code, 9) + 7 * sign_value(code, 10) + 9 * sign_value(code, 11) + 10 * sign_value(code, 12)
        + 5 * sign_value(code, 13) + 8 * sign_value(code, 14) + 4 * sign_value(code, 15) + 2 * sign_value(code, 16)
    )::integer % 11, 1) = substr(code, 17, 1);
