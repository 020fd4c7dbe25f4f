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

-- A text without what a spreadsheet or a copy adds to it: blanks, invisible signs and apostrophes around it, ="…".
create or replace macro bare(value) as
    case
        when regexp_full_match(value, '[!-&(-<>-~]*') then value
        else regexp_replace(
            half_width(value), '^[\p{Z}\p{Cc}\p{Cf}''‘’]*(?:="([^"]*)")?|[\p{Z}\p{Cc}\p{Cf}’]+$|\p{Cf}', '\1', 'g'
        )
    end;

-- Marks that stand for an empty cell in a column of codes.
create or replace macro code_or_null(cleaned) as
    case when cleaned not in ('', '-', '--', '—', '——', '–', '/', '无', '暂无', '不详', '未知', 'N/A', 'NA', 'NONE', 'NULL') then cleaned end;

-- A code as it is checked (feeds 2.3): half width, capital letters, without blanks, invisible signs, apostrophes, ="…", 第…号
-- and the point of a number. Letters and digits are never exchanged.
create or replace macro clean_code(value) as
    case
        when regexp_full_match(value, '[0-9A-Z]+') then code_or_null(value)
        else code_or_null(
            regexp_replace(
                regexp_replace(upper(half_width(value)), '[\p{Z}\p{Cc}\p{Cf}''‘’"=]', '', 'g'),
                '^(\d+)\.0+$|^第([0-9A-Z-]+)号$', '\1\2'
            )
        )
    end;

-- A credit code, which is also written in groups; readers/code.py cleans in the same way.
create or replace macro clean_uscc(value) as
    case
        when regexp_full_match(value, '[0-9A-Z]+') then code_or_null(value)
        else list_transform(
            [clean_code(value)], lambda code: coalesce(nullif(regexp_replace(code, '[-‐‑‒–—―−]', '', 'g'), ''), code)
        )[1]
    end;

-- A stock code: six digits on the mainland, five in Hong Kong, whose leading zeros a spreadsheet drops; without the sign of
-- its exchange.
create or replace macro clean_stock_code(value, exchange) as
    list_transform(
        [regexp_replace(clean_code(value), '^(?:SH|SZ|BJ)[:.]?(\d{6})$|^(\d{1,6})\.(?:SH|SS|SZ|BJ|HK)$', '\1\2')],
        lambda code: case
            when not regexp_full_match(code, '\d{1,5}') then code
            when regexp_matches(exchange, '港|HK') or ends_with(clean_code(value), '.HK') then lpad(code, 5, '0')
            else lpad(code, 6, '0')
        end
    )[1];

-- The plain form of a number: without thousands separators, with - as minus, also for a negative in brackets; null for
-- any other text, such as two figures apart by a blank. A power of ten is kept.
create or replace macro number_text(value) as
    case
        when regexp_full_match(value, '-?\d+(\.\d+)?') then value
        else list_transform([translate(bare(value), '−–﹣', '---')], lambda written:
            case
                when regexp_full_match(written, '-?\d+(\.\d*)?([eE][+-]?\d{1,2})?') then written
                when regexp_full_match(written, '-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d{1,3}([\x{a0}\x{2009}\x{202f}]\d{3})+(\.\d+)?|-?\d{1,3}(''\d{3})+(\.\d+)?')
                    then regexp_replace(written, '[,''\x{a0}\x{2009}\x{202f}]', '', 'g')
                when regexp_full_match(written, '\((\d+|\d{1,3}(,\d{3})+)(\.\d+)?\)')
                    then '-' || regexp_replace(written, '[(),]', '', 'g')
            end
        )[1]
    end;

-- A count without the word for what is counted.
create or replace macro count_text(value) as
    case
        when regexp_full_match(value, '-?\d+(\.\d+)?') then value
        else regexp_replace(value, '(\d)[\p{Z}]*(?:人次|人|名|位|个|件|项|家|篇|次|户)[\p{Z}]*$', '\1')
    end;

-- A date in Chinese numerals, 二〇一五年三月二日, in digits; other texts, and texts with both kinds of digits, are unchanged.
create or replace macro han_day(value) as
    case
        when not regexp_full_match(value, '[〇零○Ｏ一二三四五六七八九]{4}(年[一二三四五六七八九十年度月份日号]*)?') then value
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

-- A name normalised for comparison (L12): NFKC, no blanks or invisible signs, one kind of bracket and of dash, capital letters.
-- Text in brackets, 集团 and 股份 are kept, because they distinguish firms.
create or replace macro name_norm(value) as
    list_transform([nfkc(value)], lambda composed:
        upper(regexp_replace(
            case
                when regexp_matches(composed, '[〔〕【】\[\]{}〖〗‐‒–—―−]')
                    then translate(composed, '〔〕【】[]{}〖〗‐‒–—―−', '()()()()()------')
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

-- A name without place, brackets and legal form: trade name and industry.
create or replace macro core_name(norm) as
    regexp_replace(
        regexp_replace(
            regexp_replace(regexp_replace(norm, legal_form_pattern(), ''), bracketed_place_pattern(), ''),
            leading_place_pattern(), ''
        ),
        '[()]', '', 'g'
    );

create or replace macro parse_decimal(value) as try_cast(number_text(value) as decimal(38, 6));

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
    coalesce(abs(try_cast(number_text(value) as double)) > limit_value, false);

create or replace macro fen(value, unit) as
    to_bigint(try(
        parse_decimal(value)
        * case unit when '元' then 100 when '千元' then 100000 when '万元' then 1000000 when '亿元' then 10000000000 end
    ));

-- Factor for a report whose unit is confirmed to be off by a power of ten; a decimal, so that products are exact.
create or replace macro power_of_ten(power) as
    case power
        when -6 then 0.000001 when -5 then 0.00001 when -4 then 0.0001 when -3 then 0.001 when -2 then 0.01 when -1 then 0.1
        when 0 then 1 when 1 then 10 when 2 then 100 when 3 then 1000 when 4 then 10000 when 5 then 100000 when 6 then 1000000
    end::decimal(14, 6);

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
    list_transform([parse_decimal(count_text(value))], lambda figure:
        case when figure = round(figure, 0) and abs(figure) <= largest_count() then to_bigint(figure) end
    )[1];

create or replace macro parse_number(value) as try_cast(parse_decimal(value) as decimal(14, 2));

-- An exchange rate; null unless positive.
create or replace macro parse_rate(value) as
    case when parse_decimal(value) > 0 and parse_decimal(value) <= largest_rate() then try_cast(parse_decimal(value) as decimal(18, 6)) end;

-- The year of a text such as 2025年度, FY2025 or 二〇二五年, or of the last day of a year; two digits state no century.
create or replace macro parse_year(value) as
    case
        when regexp_full_match(value, '(?:19|20)\d\d') then try_cast(value as integer)
        else try_cast(
            regexp_extract(
                upper(han_day(bare(value))),
                '^(?:FY)?\s*((?:19|20)\d\d)\s*(?:FY|年|年度|\.0+|-12-31(?:[ T]00:00(?::00)?(?:\.0+)?)?)?$', 1
            ) as integer
        )
    end;

-- The day of an instant with an offset, 2026-03-01T16:00:00Z, in China.
create or replace macro day_of_instant(value) as
    (
        try_cast(regexp_extract(value, '^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:Z|[+-]\d{2}:?\d{2})$', 1) as timestamp)
        + to_minutes(480)
        - to_minutes(
            case when ends_with(value, 'Z') then 0
                else try_cast(regexp_extract(value, '([+-])\d{2}:?\d{2}$', 1) || '1' as integer) * (
                    try_cast(regexp_extract(value, '[+-](\d{2}):?\d{2}$', 1) as integer) * 60
                    + try_cast(regexp_extract(value, '[+-]\d{2}:?(\d{2})$', 1) as integer)
                )
            end
        )
    )::date;

-- A day in a notation that is not usual: 2015年3月2号, 2015、3、2, 2015-03-02 星期一, 二〇一五年三月二日, 2-Mar-2015, with any time.
create or replace macro other_day(value) as
    coalesce(
        day_of_instant(value),
        try_cast(
            nullif(
                regexp_replace(
                    regexp_extract(
                        han_day(value),
                        '^[12]\d{3}\s*[-/.、年 ]\s*\d{1,2}\s*[-/.、月 ]\s*\d{1,2}\s*[日号]?'
                        || '(?:[T\s]*(?:星期|周)[一二三四五六日天])?'
                        || '(?:[T\s]*(?:上午|下午|凌晨|中午|晚上)?\s*\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?\s*(?:[AP]M)?)?$'
                    ),
                    '^(\d{4})\D+(\d{1,2})\D+(\d{1,2}).*', '\1-\2-\3'
                ),
                ''
            ) as date
        ),
        try_cast(nullif(regexp_replace(regexp_extract(value, '^[12]\d{7}(?:\.0+|\d{6})$'), '^(\d{4})(\d\d)(\d\d).*', '\1-\2-\3'), '') as date),
        case when regexp_full_match(value, '[2-6]\d{4}\.0+') then date '1899-12-30' + try_cast(left(value, 5) as integer) end,
        case
            when regexp_matches(value, '[A-Za-z]{3}') and regexp_matches(value, '\b[12]\d{3}\b')
                then try_strptime(value, ['%d-%b-%Y', '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y', '%B %d %Y'])::date
        end
    );

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
        end,
        case
            when not regexp_full_match(value, '\d{0,8}')
                then list_transform([bare(value)], lambda written: other_day(written))[1]
        end
    );

-- A word of a closed list as it is compared: without brackets, blanks and punctuation.
create or replace macro word(value) as regexp_replace(half_width(value), '[\p{Z}\p{Cc}\p{Cf},，;；、/()。.''·]', '', 'g');

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
        when value in ('是', '1', 'true') then true
        when value in ('否', '0', 'false') then false
        else list_transform([regexp_replace(upper(bare(value)), '[。.;；!]+$|\.0+$', '')], lambda answer:
            case
                when answer in ('是', '有', '对', '是的', 'Y', 'YES', '1', 'T', 'TRUE', '√', '✓', '✔', '☑', '✅') then true
                when regexp_full_match(answer, '[■☑√✓✔☒●]是[□☐○]否') then true
                when answer in ('否', '无', '不是', '没有', '错', 'N', 'NO', '0', 'F', 'FALSE', '×', '✗', '✘', '✕', '❌') then false
                when regexp_full_match(answer, '[□☐○]是[■☑√✓✔☒●]否') then false
            end
        )[1]
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

-- YYYYMM of a year and a month from 1 to 12, as texts.
create or replace macro year_month(year_text, month_text) as
    case
        when regexp_full_match(year_text, '(19|20)\d\d') and try_cast(month_text as integer) between 1 and 12
            then year_text || lpad((try_cast(month_text as integer))::varchar, 2, '0')
    end;

create or replace macro month_number(value) as
    nullif((instr('JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC', upper(left(value, 3))) + 2) // 3, 0)::varchar;

-- A month as YYYYMM, from a month in any notation (2026-03, 2026年3月份, 202603, 03/2026, Mar-26, 二〇二六年三月) or one of its days.
-- 2026.1 is none: a spreadsheet drops the zero of 2026.10.
create or replace macro parse_month(value) as
    case
        when regexp_full_match(value, '(19|20)\d\d(0[1-9]|1[0-2])') then value
        else list_transform([han_day(bare(value))], lambda written: coalesce(
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
            -- a serial day before 2000 is a month with a digit too few, as 20263
            case when not regexp_full_match(written, '[0-2]\d{4}|3[0-5]\d{3}') then strftime(parse_date(written), '%Y%m') end
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
        case when regexp_full_match(written, '\d{4}\s*年?\s*(第?一季度|第?1季度|[Qq]1|前?一季度|一季报)') then year_month(left(written, 4), '3') end,
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

-- Amounts for display: 万元 and 亿元 in Chinese, yuan in English.
create or replace macro amount_zh(value, unit) as
    case
        when value is null then ''
        when unit in ('yuan', 'usd', 'eur') and abs(value) >= 100000000
            then format('{:.2f} 亿', value / 100000000) || case unit when 'usd' then '美元' when 'eur' then '欧元' else '元' end
        when unit in ('yuan', 'usd', 'eur') then format('{:.2f} 万', value / 10000) || case unit when 'usd' then '美元' when 'eur' then '欧元' else '元' end
        when unit = 'percent' then format('{:.2f} 个百分点', value)
        when unit = 'year' then format('{:.2f} 年', value)
        else format('{:.0f}', value) || case unit when 'person' then ' 人' when 'day' then ' 天' when 'point' then ' 分' else ' 项' end
    end;

create or replace macro amount_en(value, unit) as
    case
        when value is null then ''
        when unit in ('yuan', 'usd', 'eur') then format('{:.2f} million ', value / 1000000) || case unit when 'usd' then 'US dollars' when 'eur' then 'euros' else 'yuan' end
        when unit = 'percent' then format('{:.2f} points', value)
        when unit = 'year' then format('{:.2f} years', value)
        else format('{:.0f}', value) || case unit when 'person' then ' people' when 'day' then ' days' when 'point' then ' points' else ' items' end
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
    case when unit_factor <> 1 then '（金额单位经确认，全部 ×' || rtrim(rtrim(unit_factor::decimal(18, 6)::varchar, '0'), '.') || ' unit confirmed）' else '' end;

-- A number for a firm, by which tables read firm by firm are sorted, so that a query skips the row groups of other firms.
-- A hash, because credit codes of one place share a prefix and would not separate the minima and maxima of row groups.
create or replace macro firm_key(firm) as hash(firm);

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
