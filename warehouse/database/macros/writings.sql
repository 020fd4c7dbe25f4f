-- How people write codes, numbers and words; created before days.sql and macros.sql, which use these macros.

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

-- A code as it is checked (feeds 2.3): half width, capital letters, without blanks, invisible signs, quotes, ="…", 第…号, the point
-- of a number and punctuation around it. Letters and digits are never exchanged.
create or replace macro clean_code(value) as
    case
        when regexp_full_match(value, '[0-9A-Z]+') then code_or_null(value)
        else code_or_null(
            regexp_replace(
                regexp_replace(upper(half_width(value)), '[\p{Z}\p{Cc}\p{Cf}''‘’“”`"=]|^[.,:;。、]+', '', 'g'),
                '^(\d+)\.0+$|^第([0-9A-Z-]+)号$|[.,:;。、]+$', '\1\2'
            )
        )
    end;

-- A credit code, which is also written in groups; readers/code.py cleans in the same way.
create or replace macro clean_uscc(value) as
    case
        when regexp_full_match(value, '[0-9A-Z]+') then code_or_null(value)
        else list_transform(
            [clean_code(value)], lambda code: coalesce(nullif(regexp_replace(code, '[\p{Pd}\x{2212}]', '', 'g'), ''), code)
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

-- The plain form of a number: without thousands separators and plus, with - as minus, also for a negative in brackets; null for
-- any other text, such as two figures apart by a blank. A power of ten is kept.
create or replace macro number_text(value) as
    case
        when regexp_full_match(value, '-?\d+(\.\d+)?') then value
        else list_transform([ltrim(translate(bare(value), '−–﹣', '---'), '+')], lambda written:
            case
                when regexp_full_match(written, '-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?') then written
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
        else regexp_replace(value, '(\d)[\p{Z}]*(?:[(（](?:人|名|个|件|项|家|篇)[)）]|人次|人|名|位|个|件|项|家|篇|次|户|分|台|套|份|张|种|款|所)[\p{Z}]*$', '\1')
    end;

-- A word of a closed list as it is compared: without brackets, blanks and punctuation.
create or replace macro word(value) as regexp_replace(half_width(value), '[\p{Z}\p{Cc}\p{Cf},，;；、/()。.''·]', '', 'g');
