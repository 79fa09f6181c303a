# Makes the image of one process:
#
#   docker build --build-arg SERVICE=ca-eps-sapi --tag ca-eps-sapi .
#
# SERVICE is the name of its package, without @ca/: a service's, rm-simulator, or db-apply for the
# jobs. Old engines build it too: nothing here needs BuildKit.
ARG BASE=node:24-bookworm-slim

# The manifests alone, so that a change of the sources installs nothing anew. What the other
# workspaces want for their development npm takes for production where it is a workspace of ours.
FROM ${BASE} AS manifests
WORKDIR /app
COPY . .
RUN npm pkg delete devDependencies --workspaces \
 && mkdir /manifests \
 && find . -name package.json -exec cp --parents {} /manifests ';' \
 && cp package-lock.json .npmrc /manifests

FROM ${BASE} AS dependencies
ARG SERVICE
WORKDIR /app
COPY --from=manifests /manifests .
# source maps and typings are for people and compilers, and more than a third of all
RUN npm ci --omit=dev --omit=optional --workspace "@ca/${SERVICE:?is missing: --build-arg SERVICE=ca-eps-sapi}" \
 && find node_modules -type f '(' -name '*js.map' -o -name '*.css.map' -o -name '*.ts.map' \
    -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' ')' -delete

# The sources of the process and of the packages that npm has linked for it.
FROM dependencies AS sources
ARG SERVICE
COPY --from=manifests /app .
RUN mkdir /sources \
 && for link in node_modules/@ca/*; do cp -r --parents "$(realpath --relative-to . "$link")" /sources; done \
 && cp -r databases /sources \
 && ln -s "$(realpath --relative-to . "node_modules/@ca/$SERVICE")" /sources/service \
 && cp tools/healthcheck.mjs /sources

FROM ${BASE}
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 MANAGEMENT_PORT=9080
# for what a process keeps, such as its orders: the one place where it can write
RUN install --directory --owner 1000 --group 1000 /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=sources /sources .
# "node" by its number, by which an orchestrator can tell that it is not root
USER 1000:1000
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["node", "healthcheck.mjs"]
# the flags: packages/service-kit/src/node-flags.ts
ENTRYPOINT ["node", "--max-semi-space-size=8", "--max-old-space-size=512"]
CMD ["service/src/main.ts"]
