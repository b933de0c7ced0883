#!/bin/sh
# Makes what docker-compose.yml mounts as TEMPORAL_CERTS, where the house has no authority of its own: an authority, the certificate of the server
# `temporal`, and one by which it knows worker, UI and admin tools. What is there stays. Usage: docker/temporal-certificates.sh FOLDER
set -eu
folder=${1:?usage: docker/temporal-certificates.sh FOLDER}
umask 077
mkdir -p "$folder"
cd "$folder"
[ -f ca.pem ] || openssl req -x509 -newkey rsa:3072 -nodes -subj '/CN=lijian temporal' -days 3650 -keyout ca.key -out ca.pem 2>/dev/null
for name in temporal client; do
  [ -f "$name.pem" ] && continue
  openssl req -newkey rsa:3072 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr" 2>/dev/null
  printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$name" >"$name.names"
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 398 -extfile "$name.names" -out "$name.pem" 2>/dev/null
  rm "$name.csr" "$name.names"
done
# Images run as users of their own; who may read the folder is the folder's matter. The authority's key is of no use to a container: keep it elsewhere.
chmod 755 .
chmod 644 ca.pem temporal.pem client.pem temporal.key client.key
