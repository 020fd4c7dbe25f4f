-- The run that made this release.
-- grain: run_id
select * from run
