-- One row: the run that made this release.
-- key: run_id
-- scope: zone
select * from run
