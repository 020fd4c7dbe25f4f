-- What every model may call. A macro never repairs: what it cannot read becomes null, and a check reports it.
create or replace macro number(text) as
    try_cast(replace(replace(trim(text), ',', ''), '，', '') as decimal(38, 6));
