/** Ends a test run with the one line that a person and a CI job both look for. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = results
    const failed = numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = numPendingTests + numTodoTests
    process.stdout.write(`\n${numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`)
  }
}
