-- The last migration of Prefect's database.
select version_num from alembic_version;
