#!/bin/sh
# Checks docker-compose.yml without a Docker daemon: with `docker compose` where it is there, else with Debian's docker-compose.
# It must be accepted with its secrets, and refused without any one of them, by name.
set -eu
cd "$(dirname "$0")/.."

if docker compose version >/dev/null 2>&1; then
  compose() { docker compose --file docker-compose.yml "$@"; }
elif command -v docker-compose >/dev/null 2>&1; then
  compose() { docker-compose --file docker-compose.yml "$@"; }
else
  echo 'docker/validate.sh: needs docker compose, or docker-compose (apt-get install docker-compose)' >&2
  exit 1
fi

key() { printf '%s' "$1" | sha256sum | cut -c 1-64; }
export LIJIAN_OWNER_PASSWORD=secret LIJIAN_APP_PASSWORD=secret TEMPORAL_DB_PASSWORD=secret
export LIJIAN_TOKEN_KEY="$(key token)" LIJIAN_DRAW_KEY="$(key draw)" LIJIAN_ACCOUNT_KEY="$(key account)"
export LIJIAN_PAYLOAD_KEYS="2026a:$(key payload)" TEMPORAL_CERTS=/run/certificates
compose config --quiet
# With the parts that are optional.
compose --profile queue config --quiet
for secret in LIJIAN_OWNER_PASSWORD LIJIAN_APP_PASSWORD TEMPORAL_DB_PASSWORD LIJIAN_TOKEN_KEY LIJIAN_DRAW_KEY LIJIAN_ACCOUNT_KEY LIJIAN_PAYLOAD_KEYS TEMPORAL_CERTS; do
  if said=$(unset "$secret" && compose config --quiet 2>&1); then
    echo "docker-compose.yml is accepted without $secret" >&2
    exit 1
  fi
  case $said in
    *"$secret"*) ;;
    *) printf '%s\n' "without $secret compose says something else: $said" >&2; exit 1 ;;
  esac
done
if grep -n 'image:' docker-compose.yml | grep -vE ':[0-9][0-9A-Za-z.-]*(@sha256:[0-9a-f]{64})?$'; then
  echo 'this image is not pinned to a version' >&2
  exit 1
fi
# The script that makes certificates makes pairs that agree.
if command -v openssl >/dev/null 2>&1; then
  certs=$(mktemp -d)
  trap 'rm -rf "$certs"' EXIT
  docker/temporal-certificates.sh "$certs"
  openssl verify -CAfile "$certs/ca.pem" "$certs/temporal.pem" "$certs/client.pem" >/dev/null
fi
echo 'docker-compose.yml is valid'
