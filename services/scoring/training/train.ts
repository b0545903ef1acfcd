import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estimate } from '@millrace/metrics';
import { bestPointsOf } from '../src/scorecard/evaluate-scorecard.js';
import { carryOver } from './carry-over.js';
import { compareWithV1 } from './compare-versions.js';
import { dataFolderOf } from './config.js';
import { modelCard } from './model-card.js';
import { readFirms } from './read-firms.js';
import { apparentFigures, planOf, trainScorecard } from './train-scorecard.js';

const folder = join(dataFolderOf(process.argv), 'sme-invoices');
const { plan, featureSet } = planOf(process.argv[3]);
const first = await readFirms(folder, 1);
const trainedFirst = trainScorecard(first.firms, first.referenceMonth, planOf('sme-invoice-v1').plan);
const trained = featureSet === 1 ? trainedFirst : carryOver(trainedFirst, (await readFirms(folder, 2)).firms, plan);
const { scorecard, crossValidation } = trained;
const before = featureSet === 1 ? '' : compareWithV1(trained, first.firms, trainedFirst);
const artefacts = new URL('../scorecards/', import.meta.url);
writeFileSync(new URL(`${scorecard.id}.json`, artefacts), `${JSON.stringify(scorecard, null, 2)}\n`);
writeFileSync(new URL(`${scorecard.id}.model-card.md`, artefacts), modelCard(trained, apparentFigures(trained), plan, before));

const { auc, ks } = crossValidation;
console.log(`${scorecard.id} ${scorecard.sha256}`);
const shown = ({ value, low, high }: Estimate): string => `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
console.log(`cross-validated AUC ${shown(auc)}, KS ${shown(ks)}`);
for (const characteristic of scorecard.characteristics) console.log(`  ${characteristic.input}: 0 to ${bestPointsOf(characteristic)} points`);
