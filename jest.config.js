/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['**/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.local'],
  setupFiles: ['<rootDir>/packages/test-kit/src/deny-network.ts'],
  reporters: ['default', '<rootDir>/tools/jest-closing-line.js'],
  testTimeout: 20_000,
}
