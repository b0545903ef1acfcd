import { checkLenders } from './lender-facts.js';
import { checkTopics } from './parameter-topics.js';
import { checkPrimeRates } from './prime-rate.js';
import { oldestFirst, releaseFiles } from './policy-release.js';
import { checkManifests } from './release-manifest.js';

/** What is wrong with parameters, releases and lenders' figures, a line each, for the start of every service that reads them. */
export function checkPolicy(): string[] {
  return [
    ...checkTopics(),
    ...releaseFiles().flatMap(({ file, problems }) => problems.map((problem) => `policy release ${file}: ${problem}`)),
    ...checkManifests(oldestFirst(releaseFiles())),
    ...checkLenders(),
    ...checkPrimeRates(),
  ];
}
