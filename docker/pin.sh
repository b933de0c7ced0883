#!/bin/sh
# Writes the digest of each image into docker-compose.yml and Dockerfile, beside its tag: the registry can then hand out nothing else. Needs a
# Docker daemon that reaches the registries. Run it again for a new tag; look at the difference before you commit it.
#   docker/pin.sh
set -eu
cd "$(dirname "$0")/.."
command -v docker >/dev/null || { echo 'docker/pin.sh: needs docker' >&2; exit 1; }
for image in $(sed -nE 's/^ *image: ([^ ]+)$/\1/p; s/^FROM ([^ ]+).*/\1/p' docker-compose.yml Dockerfile | grep -v '^lijian:' | sort -u); do
  tag=${image%@*}
  digest=$(docker buildx imagetools inspect "$tag" --format '{{.Manifest.Digest}}')
  case $digest in
    sha256:*) ;;
    *) echo "docker/pin.sh: $tag has no digest: $digest" >&2; exit 1 ;;
  esac
  sed -i.bak "s|$image|$tag@$digest|" docker-compose.yml Dockerfile
  rm -f docker-compose.yml.bak Dockerfile.bak
  echo "$tag@$digest"
done
