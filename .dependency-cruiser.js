// Who may import whom. Arrows point one way: services → packages, upper packages → lower ones.

/** The packages from the lowest up; each may import those of the rows above its own. */
const layers = [
  ['faults', 'telemetry', 'contracts'],
  ['resilience'],
  ['upstream', 'stored-procedures', 'service-kit'],
  ['test-kit'],
]

const upwards = layers.flatMap((packages, height) =>
  packages.map((name) => ({
    name: `${name}-imports-only-what-is-below-it`,
    severity: 'error',
    from: { path: `^packages/${name}/src/` },
    to: {
      path: '^packages/([^/]+)/',
      pathNot: `^packages/(${[name, ...layers.slice(0, height).flat()].join('|')})/`,
    },
  })),
)

export default {
  forbidden: [
    ...upwards,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'packages-know-nobody-above-them',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|simulators|tools|e2e|databases)/' },
    },
    {
      name: 'a-service-imports-no-other-service',
      severity: 'error',
      from: { path: '^(services|simulators)/([^/]+)/' },
      to: { path: '^(services|simulators|tools)/', pathNot: '^(services|simulators)/$2/' },
    },
    {
      name: 'a-package-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^(packages|services|simulators|tools)/([^/]+)/' },
      to: {
        path: '^packages/([^/]+)/src/',
        pathNot: [
          '^packages/$2/',
          '/src/index\\.ts$',
          '^packages/service-kit/src/clients\\.ts$',
          '^packages/service-kit/src/node-flags\\.ts$',
          '^packages/stored-procedures/src/definitions\\.ts$',
        ],
      },
    },
    {
      name: 'main-only-wires-so-nobody-imports-it-but-tests',
      severity: 'error',
      from: { pathNot: '/test/' },
      to: { path: '/src/main\\.ts$' },
    },
    {
      name: 'the-test-kit-is-for-tests',
      severity: 'error',
      from: { path: '/src/', pathNot: '^packages/test-kit/' },
      to: { path: '^packages/test-kit/' },
    },
    {
      name: 'nothing-that-cannot-be-found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'what-runs-needs-no-development-tool',
      severity: 'error',
      from: { path: '/src/', pathNot: '^packages/test-kit/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'src/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
