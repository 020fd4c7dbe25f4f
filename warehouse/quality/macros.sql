-- Macros of quality checks, besides warehouse/database/macros/macros.sql; created after ref_threshold, which they read.

-- The value of a threshold of quality/thresholds.yml in this run.
create or replace macro threshold(threshold_name) as (select t.value from ref_threshold as t where t.name = threshold_name);

-- Tolerance in fen for figures that must add up: one filed unit, or a small share of the total.
create or replace macro rounding(total, unit) as greatest(fen_of_unit(unit), abs(total) * threshold('rounding_share'));

create or replace macro adds_up(total, parts, unit) as abs(total - parts) <= rounding(total, unit);

create or replace macro is_within(part, total, unit) as part - total <= rounding(total, unit);

-- 1 where a cell states an amount, and where it states one in whole units of a size; 0 elsewhere.
create or replace macro is_stated(amount) as coalesce(amount <> 0, false)::tinyint;

create or replace macro is_round(amount, size) as coalesce(amount <> 0 and amount % size = 0, false)::tinyint;

-- Whether the last character of a cleaned credit code is its check character (GB 32100; readers/code.py checks whole columns).
create or replace macro uscc_passes(code) as
    regexp_full_match(code, '[0-9A-HJ-NPQRTUWXY]{18}')
    and (
        list_sum(list_transform(
            range(1, 18), lambda place: [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][place]
                * (instr('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(code, place, 1)) - 1)
        ))
        + instr('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(code, 18, 1)) - 1
    ) % 31 = 0
    and org_code_is_right(code);

-- The code that a person probably meant: 0 for O and 1 for I, or the only code in a text; null unless its check digits agree.
create or replace macro suggested_code(cleaned) as
    list_filter(
        [
            translate(cleaned, 'OI', '01'), regexp_extract(cleaned, '(?:^|[^0-9A-Z])([0-9A-Z]{18})(?:$|[^0-9A-Z])', 1),
            regexp_extract(translate(cleaned, 'OI', '01'), '(?:^|[^0-9A-Z])([0-9A-Z]{18})(?:$|[^0-9A-Z])', 1)
        ],
        lambda candidate: candidate <> cleaned and uscc_passes(candidate)
    )[1];

-- Whether a credit code went through a number of a spreadsheet, which keeps 15 digits.
create or replace macro has_lost_digits(code) as regexp_full_match(code, '\d(\.\d+)?E\+?\d\d|\d{15}000');

-- A credit code as it is written, as it was checked where that differs, and in brackets what it may have been.
create or replace macro code_as_checked(value) as
    list_transform([{'written': value, 'cleaned': coalesce(clean_uscc(value), '')}], lambda shown:
        shown.written
        || case when shown.cleaned not in ('', shown.written) then ' → ' || shown.cleaned else '' end
        || coalesce(' [' || suggested_code(shown.cleaned) || ']', '')
    )[1];

-- What is to be added to the message on a credit code: one text where a code is suggested, another where digits are lost.
create or replace macro code_note(value, suggested, lost) as
    list_transform([coalesce(clean_uscc(value), '')], lambda cleaned:
        case when suggested_code(cleaned) is not null then suggested else '' end
        || case when has_lost_digits(cleaned) then lost else '' end
    )[1];

-- Whether a day is the number 0 or 1 of a spreadsheet, which an empty cell becomes when it is formatted as a date.
create or replace macro first_zero_day() as date '1899-12-30';

create or replace macro last_zero_day() as date '1900-01-01';

create or replace macro is_zero_day(value) as value between first_zero_day() and last_zero_day();
