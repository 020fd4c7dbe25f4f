-- Percentages: with a sign, in words, or as plain numbers; created after macros.sql, whose parse_number they use.

-- The digit before a place, 1 where the place has none, 0 without the place.
create or replace macro spoken_digit(spoken, place) as
    case when contains(spoken, place) then coalesce(try_cast(nullif(regexp_extract(spoken, '(\d)' || place, 1), '') as integer), 1) else 0 end;

-- A number below a thousand in Chinese numerals, 三十五, 一百零五, 三点一四, in digits; null for other texts.
create or replace macro spoken_number(words) as
    list_transform([translate(words, '零〇一二两三四五六七八九点', '001223456789.')], lambda spoken:
        case
            when regexp_full_match(spoken, '(\d?百)?0?(\d?十)?\d?(\.\d+)?') and regexp_matches(spoken, '^[\d百十]')
                then (spoken_digit(spoken, '百') * 100 + spoken_digit(spoken, '十') * 10
                    + coalesce(try_cast(nullif(regexp_extract(spoken, '(?:^|[百十0])([1-9])(?:\.|$)', 1), '') as integer), 0))::varchar
                    || regexp_extract(spoken, '\.\d+$')
        end
    )[1];

-- A number and its sign: %, ‰ or none. Words: 百分之三十五, 百分之35, 35 percent, 千分之五; other texts have no figure.
create or replace macro percent_parts(value) as
    list_transform([regexp_replace(translate(bare(value), '％﹪', '%%'), '\s*(percent|per cent|pct\.?)$', '%', 'i')], lambda written:
        list_transform([regexp_extract(written, '^(?:百|千)分之\s*(.+)$', 1)], lambda words: {
            'figure': case
                when words <> '' then coalesce(nullif(regexp_extract(words, '^\d+(?:\.\d+)?$'), ''), spoken_number(words))
                else trim(regexp_replace(written, '[%‰]$', ''))
            end,
            'sign': case when words = '' then regexp_extract(written, '[%‰]$') when starts_with(written, '百') then '%' else '‰' end
        })[1]
    )[1];

-- A percentage: with its sign in any width, in words, in per mille, or a plain number above 1. A plain number up to 1 may be a
-- share of one as well and is null, see percent_readings.
create or replace macro parse_percent(value) as
    list_transform([percent_parts(value)], lambda parts:
        list_transform([parse_number(parts.figure)], lambda number:
            case
                when parts.sign = '%' then number
                when parts.sign = '‰' then parse_number((number * 0.1)::decimal(38, 16)::varchar)
                when number = 0 or abs(number) > 1 then number
            end
        )[1]
    )[1];

-- As parse_percent, for files in which every plain number is a percentage.
create or replace macro parse_stated_percent(value) as coalesce(parse_percent(value), parse_number(value));

-- A decimal without the zeros at its end; the last decimal is a zero or the number has a point.
create or replace macro plain_digits(digits) as regexp_replace(digits, '\.?0+$', '');

-- Both readings of a plain number up to 1 in a column of percentages; null for any other text.
create or replace macro percent_readings(value) as
    list_transform([parse_number(value)], lambda number:
        case
            when number <> 0 and abs(number) <= 1
                then plain_digits(number::varchar) || '% / ' || plain_digits((number * 100)::varchar) || '%'
        end
    )[1];
