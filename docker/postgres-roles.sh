#!/bin/sh
# Three logins, each with a password of its own, and the databases that they own. The image of PostgreSQL runs this once, when it makes
# its data. Run it again to change passwords:
#
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/10-roles.sh
#
#   lijian           owns Lijian's database and runs migrations
#   lijian_service   is api, worker and report-generator: reads and writes rows, makes and changes no table (a member of lijian_app)
#   temporal         owns Temporal's two databases, and sees nothing of Lijian's
#
# Afterwards the superuser has no password: it comes in on the server's own socket only, never over the network.
set -eu
: "${LIJIAN_OWNER_PASSWORD:?}" "${LIJIAN_APP_PASSWORD:?}" "${TEMPORAL_DB_PASSWORD:?}"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner_password LIJIAN_OWNER_PASSWORD
\getenv service_password LIJIAN_APP_PASSWORD
\getenv temporal_password TEMPORAL_DB_PASSWORD

-- Neither statement nor password is to stand in the server's log.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';

SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY['lijian', 'lijian_app', 'lijian_service', 'temporal']) name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE lijian LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD :'owner_password';
ALTER ROLE lijian_app NOLOGIN;
ALTER ROLE lijian_service LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD :'service_password';
ALTER ROLE temporal LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD :'temporal_password';
GRANT lijian_app TO lijian_service;

SELECT format('CREATE DATABASE %I OWNER %I', name, owner)
FROM (VALUES ('lijian', 'lijian'), ('temporal', 'temporal'), ('temporal_visibility', 'temporal')) d (name, owner)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec

REVOKE ALL ON DATABASE lijian, temporal, temporal_visibility, postgres, template1 FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE lijian TO lijian_app;

ALTER ROLE :"USER" PASSWORD NULL;
SQL
echo 'roles: lijian (owner), lijian_service (api, worker and report-generator), temporal'
