// Reads jest's --json report: prints "PASSED FAILED SKIPPED", and the names of what failed or was skipped on stderr.
import { existsSync, readFileSync } from 'node:fs';

const [reportFile] = process.argv.slice(2);
// No report means that jest itself fell over, which is one failure.
const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : { numRuntimeErrorTestSuites: 1, testResults: [] };
const { numPassedTests: passed = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0, numPendingTests = 0, numTodoTests = 0 } = report;

for (const suite of report.testResults) {
  if (suite.status === 'failed' && suite.assertionResults.length === 0) console.error(`did not run: ${suite.name}`);
  for (const { status, fullName } of suite.assertionResults) if (status !== 'passed') console.error(`${status}: ${fullName} (${suite.name})`);
}
console.log(`${passed} ${numFailedTests + numRuntimeErrorTestSuites} ${numPendingTests + numTodoTests}`);
