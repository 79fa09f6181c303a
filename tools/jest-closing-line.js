/**
 * Ends a test run with the line that a person and a CI job both look for, and before it one line of
 * what could not be run here.
 */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = results
    const failed = numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = numPendingTests + numTodoTests
    process.stdout.write(
      `\n${notRun(results)}${numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`,
    )
  }
}

/** Tests under `not run` are called `<what>: <of whom>: <why>`. */
function notRun({ testResults: files }) {
  const reasons = new Map()
  for (const test of files.flatMap(({ testResults }) => testResults)) {
    if (test.status !== 'pending' || test.ancestorTitles.at(-1) !== 'not run') continue
    const [what, whom, why] = test.title.split(': ')
    const key = `${what} (${why})`
    reasons.set(key, [...(reasons.get(key) ?? []), whom])
  }
  const parts = [...reasons].map(
    ([what, whom]) => `${[...new Set(whom)].sort().join(', ')} ${what}`,
  )
  return parts.length > 0 ? `Not run: ${parts.join('; ')}\n` : ''
}
