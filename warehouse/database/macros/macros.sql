-- Macros of every model. A macro does not repair: a value it cannot parse becomes null, and a check reports it.

-- DuckDB substitutes the argument at each of its uses, so nested macros grow as products. An argument that is more than a
-- column is therefore evaluated once, as the only element of a list: list_transform([argument], lambda name: …)[1].

-- A name normalised for comparison (L12): NFKC, no blanks or invisible signs, one kind of bracket and of dash, capital letters.
-- Text in brackets, 集团 and 股份 are kept, because they distinguish firms.
create or replace macro name_norm(value) as
    case
        when regexp_full_match(value, '[\x{4e00}-\x{9fa5}0-9A-Z]*') then value
        -- most of the others are names with brackets, which nfkc would make half-width: a call of Python for each thousand rows
        when regexp_full_match(value, '[\x{4e00}-\x{9fa5}0-9A-Z()（）]*') then translate(value, '（）', '()')
        else list_transform([nfkc(value)], lambda composed:
            upper(regexp_replace(
                case
                    when regexp_matches(composed, '[〔〕【】\[\]{}〖〗‹›〈〉《》「」『』<>‐‒–—―−]')
                        then translate(composed, '〔〕【】[]{}〖〗‹›〈〉《》「」『』<>‐‒–—―−', '()()()()()()()()()()()------')
                    else composed
                end,
                '[\p{Z}\p{Cc}\p{Cf}·•‧∙⋅・]', '', 'g'
            ))
        )[1]
    end;

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

-- The decimals of a number as it is written, without zeros at their end.
create or replace macro decimals_of(digits) as
    length(rtrim(regexp_extract(digits, '\.(\d*)', 1), '0')) - coalesce(try_cast(regexp_extract(digits, '[eE]([+-]?\d+)$', 1) as integer), 0);

create or replace macro kept_decimals() as 15;

-- A number as written, to fifteen decimals: the digits that a spreadsheet keeps. A text that is not entirely a number is null; one
-- with more decimals is null too, since a cast would round it.
create or replace macro parse_decimal(value) as
    list_transform(
        [number_text(value)],
        lambda digits: case
            when not regexp_matches(digits, '\.\d{15}\d*[1-9]|[eE]') then try_cast(digits as decimal(38, 15))
            when decimals_of(digits) <= kept_decimals() then try_cast(digits as decimal(38, 15))
        end
    )[1];

-- The largest values that are accepted. Hundredths of a currency: 10^16, 100万亿元, so that a row's sums fit 64 bits and
-- products of two sums fit 128. Counts: 10^9, which fits 32 bits. Exchange rates: 10^6. Other numbers: 10^11, so that products of
-- two of them in units of 10^-15 fit 128 bits.
create or replace macro largest_amount() as 10000000000000000;

create or replace macro largest_count() as 1000000000;

create or replace macro largest_rate() as 1000000;

create or replace macro largest_number() as 99999999999;

-- A whole number in range; null for a fraction, which is never rounded.
create or replace macro to_bigint(value) as
    list_transform(
        [value],
        lambda amount: case when amount between -largest_amount() and largest_amount() and amount = trunc(amount) then try_cast(amount as bigint) end
    )[1];

-- A whole number as a program writes it, which is most of all cells: recognised by two casts, a quarter of the time of a pattern.
create or replace macro is_plain_integer(value) as try_cast(value as bigint)::varchar = value;

create or replace macro amount_within(amount) as
    list_transform([amount], lambda cents: case when cents between -largest_amount() and largest_amount() then cents end)[1];

-- Whether a text is a plain number above a limit: legible, but out of range.
create or replace macro is_beyond(value, limit_value) as
    coalesce(abs(try_cast(number_text(value) as double)) > limit_value, false);

-- Whether a text is a plain number with decimals: where it is unread within its limits, it has more of them than are kept.
create or replace macro has_decimals(value) as
    coalesce(regexp_matches(number_text(value), '\.\d*[1-9]|[eE]-'), false);

create or replace macro fen_of_unit(unit) as
    case unit
        when '元' then 100 when '千元' then 100000 when '万元' then 1000000 when '百万元' then 100000000
        when '千万元' then 1000000000 when '亿元' then 10000000000
    end;

-- An amount in words by the grammar of tiers/amounts: kind (exact, range, undisclosed, unread, beyond, fine), low, high, currency.
create or replace macro amount_in_words(value, unit) as case when value is not null then amount(value, coalesce(unit, '')) end;

-- Hundredths of yuan of an exact amount in words, in a column of figures that has this unit.
create or replace macro fen_in_words(value, unit) as
    list_transform([amount_in_words(value, unit)], lambda words:
        case when words.kind = 'exact' and coalesce(words.currency, 'CNY') = 'CNY' then words.low end
    )[1];

create or replace macro plain_fen(value, unit) as amount_within(try(try_cast(value as bigint) * fen_of_unit(unit)));

create or replace macro fen(value, unit) as
    case
        when unit is null or value is null then null
        when is_plain_integer(value) then plain_fen(value, unit)
        when regexp_full_match(value, '-?[0-9]{1,13}\.[0-9]{1,2}')
            then amount_within(try((try_cast(value as decimal(15, 2)) * 100)::bigint * (fen_of_unit(unit) // 100)))
        when number_text(value) is not null then to_bigint(try(parse_decimal(value) * fen_of_unit(unit)))
        else fen_in_words(value, unit)
    end;

-- Factor for a report whose unit is confirmed to be off by a power of ten; a decimal, so that products are exact.
create or replace macro power_of_ten(power) as
    map([-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8],
        [0.00000001, 0.0000001, 0.000001, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000]
    )[power]::decimal(18, 8);

create or replace macro fen_times(value, unit, power) as
    case
        when power = 0 then fen(value, unit)
        when number_text(value) is null then to_bigint(try(fen_in_words(value, unit)::decimal(24, 0) * power_of_ten(power)))
        -- whole factors without decimals, so that the product keeps its digits before the point
        when power > 0 then to_bigint(try(parse_decimal(value) * fen_of_unit(unit) * power_of_ten(power)::decimal(18, 0)))
        else to_bigint(try(parse_decimal(value)::decimal(28, 6) * fen_of_unit(unit) * power_of_ten(power)))
    end;

create or replace macro count_within(count) as
    list_transform([count], lambda number: case when number between -largest_count() and largest_count() then number end)[1];

create or replace macro plain_count(value) as count_within(try_cast(value as bigint));

create or replace macro parse_count(value) as
    case
        when is_plain_integer(value) then plain_count(value)
        else count_within(to_bigint(parse_decimal(count_text(value))))
    end;

create or replace macro parse_number(value) as
    list_transform([parse_decimal(value)], lambda number: case when abs(number) <= largest_number() then number end)[1];

-- An exchange rate to ten decimals; null unless positive.
create or replace macro parse_rate(value) as
    list_transform(
        [parse_decimal(value)],
        lambda rate: case when rate > 0 and rate <= largest_rate() and rate = trunc(rate, 10) then try_cast(rate as decimal(18, 10)) end
    )[1];

-- A rate as an integer, in units of its last decimal.
create or replace macro rate_units(rate) as (rate::decimal(18, 10) * 10000000000)::hugeint;

-- An amount in hundredths at a rate, over the rate of the target currency: exact where the quotient is whole. Otherwise the nearer of
-- the two hundredths beside it, but never one that is a whole unit: thresholds are whole units, so it lies on the same side of each.
-- Divided once in 128 bits, which is slow; what follows fits 64.
create or replace macro converted(amount, rate, target_rate) as
    list_transform([{'num': amount::hugeint * rate_units(rate), 'den': rate_units(target_rate)}], lambda quotient:
        list_transform([{'inner': quotient.num // quotient.den, 'num': quotient.num, 'den': quotient.den}], lambda whole:
            list_transform(
                [{'inner': try_cast(whole.inner as bigint), 'outer': try_cast(whole.inner + sign(whole.num) as bigint), 'rest': abs(whole.num - whole.inner * whole.den), 'den': whole.den}],
                lambda cents: to_bigint(case
                    when cents.rest = 0 then cents.inner
                    when cents.inner % 100 = 0 then cents.outer
                    when cents.outer % 100 = 0 or cents.rest < cents.den - cents.rest then cents.inner
                    else cents.outer
                end)
            )[1]
        )[1]
    )[1];

-- Whether a place equals another or lies in it: CN-4201-ELHTZ (a zone) in CN-4201 in CN-42 in CN; same order as in tiers.
create or replace macro lies_in(place, other) as
    starts_with(place, other) and regexp_full_match(substr(place, length(other) + 1), '(-.*|\d+(-.*)?)?');

-- Last day of a title by the term of its edition, and by the second reading of that term: a fixed day of the following year.
create or replace macro last_valid_day(given_on, is_year_end, years) as
    (case when is_year_end then make_date(year(given_on), 12, 31) else given_on + to_years(years) end)::date;

create or replace macro last_valid_day_otherwise(given_on, day_of_year) as
    try_cast((year(given_on) + 1) || '-' || day_of_year as date);

-- Whether a firm exists on a day, by its status today and the day on which it ended; null where neither is known.
create or replace macro is_living_on(is_living, ended_on, day) as
    case when is_living then true else coalesce(ended_on > day, is_living) end;

-- Ticks and boxes as M for a marked and E for an empty one; other signs stay.
create or replace macro ticks(value) as
    regexp_replace(
        regexp_replace(translate(value, '■☑√✓✔☒●✅□☐○', 'MMMMMMMMEEE'), '[(\[]M[)\]]', 'M', 'g'), '[(\[]\s*[)\]]', 'E', 'g'
    );

create or replace macro parse_boolean(value) as
    case
        when value in ('是', '1', 'true') then true
        when value in ('否', '0', 'false') then false
        else list_transform([regexp_replace(upper(bare(value)), '[。.;；!]+$|\.0+$', '')], lambda answer:
            case
                when answer in ('是', '有', '对', '真', '是的', 'Y', 'YES', '1', 'T', 'TRUE', '√', '✓', '✔', '☑', '✅') then true
                when answer in ('否', '无', '假', '不是', '没有', '错', 'N', 'NO', '0', 'F', 'FALSE', '×', '✗', '✘', '✕', '❌') then false
                -- the mark stands before each word or after each; 是√否 may be either
                when regexp_full_match(regexp_replace(ticks(answer), '[\s,/、]', '', 'g'), 'M是(E?否)?|是M(否E)?') then true
                when regexp_full_match(regexp_replace(ticks(answer), '[\s,/、]', '', 'g'), '(E是)?M否|(是E)?否M') then false
            end
        )[1]
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
        else coalesce(nullif(amount_in_words('1' || value, '').currency, 'CNY'), 'other')
    end;

-- The kinds of investors in a cell: 创投机构、个人 and VC/PE name two each.
create or replace macro investor_words(value) as
    list_filter(string_split_regex(value, '[、，,；;/|+和及与\s]+'), lambda word: word <> '');

-- The last day that a day known to the day, month or year may be.
create or replace macro last_day_of(day, day_precision) as
    (case day_precision when 'month' then last_day(day) when 'year' then make_date(year(day), 12, 31) else day end)::date;

-- File, sheet and row of a delivered row, as text, in marts; pages and commands word the columns (service/queries/provenance.py).
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
-- hash() may change with the version of DuckDB, and releases outlive it. The same as md5_number_lower, which goes by way of a text of
-- bits and takes five times as long.
create or replace macro firm_key(firm) as (md5_number(firm) >> 64)::ubigint;

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

-- A bound of the interval of a share that survives (log of minus the log, Kalbfleisch and Prentice 1980): the lower one for z > 0.
-- hazard_variance: Greenwood's sum; null where nobody survives.
create or replace macro loglog_bound(share, hazard_variance, z) as
    case when share > 0 and share < 1 then pow(share, exp(-z * sqrt(hazard_variance) / ln(share))) end;

-- Bounds of the interval of the share `part` of `whole` (Wilson 1927; advised for any sample size by Brown, Cai and DasGupta 2001):
-- the lower one for z < 0. Null where the whole is nothing.
create or replace macro wilson_bound(part, whole, z) as
    case when whole > 0 then
        greatest(least(
            (part + z * z / 2 + z * sqrt(part * (whole - part) / whole::double + z * z / 4)) / (whole + z * z), 1), 0)
    end;

-- The name of a group of like firms: its features, of which null does not count, or the level where it has none.
create or replace macro stratum_name(level, sector, age_band, size_band) as
    coalesce(nullif(concat_ws('/', sector, age_band, size_band), ''), level);
