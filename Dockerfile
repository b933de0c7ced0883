# One image for the api, the worker, report-generator and the migrations; docker-compose.yml says which of them a container is.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /lijian
ENV NX_DAEMON=false NX_TUI=false
COPY package.json package-lock.json .npmrc ./
COPY apps apps
COPY libs libs
COPY workflows workflows
COPY sdk sdk
COPY tools tools
# Exactly the lock file, and no package runs a program of its own: what the image needs has none. `allowScripts` of package.json names those
# that may, all of them for the embedded PostgreSQL, which is pruned.
RUN npm ci --ignore-scripts
COPY nx.json tsconfig.base.json tsconfig.json .swcrc ./
RUN npx nx run-many -t build --exclude 'tag:type:tool'
# Only what runs stays: no compiler, no test runner, no test, no embedded PostgreSQL.
COPY docker/prune.sh docker/
RUN npm prune --omit=dev --ignore-scripts && sh docker/prune.sh /lijian

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production NODE_OPTIONS="--enable-source-maps --max-semi-space-size=64"
WORKDIR /lijian
# The SDK's native part verifies TLS with the certificates of the system.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tini && rm -rf /var/lib/apt/lists/*
COPY --from=build --chown=root:root /lijian ./
# Where the worker publishes clearing files and report-generator its own; a volume made for them belongs to the same user.
RUN mkdir -p /var/lib/lijian/clearing /var/lib/lijian/reports && chown node:node /var/lib/lijian/clearing /var/lib/lijian/reports
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "apps/api/dist/main.js"]
